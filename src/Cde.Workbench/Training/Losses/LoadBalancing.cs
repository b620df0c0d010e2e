namespace Cde.Workbench.Training.Losses;

/// <summary>
/// The load-balancing loss of mixtures of experts (Fedus et al. 2021, equations 4 to 6; for k experts a token as <c>load_balancing_loss_func</c> of transformers' Mixtral, spec A-6):
/// <c>E sum_e f_e P_e</c>. <c>f_e</c> is how many of a token's k experts are e, on average over the tokens, so that the fractions add up to k; <c>P_e</c> the mean of the router's
/// probability of e over the same tokens. The loss is k where all experts get as much as each other, and up to E where every token goes the same way.
/// </summary>
/// <remarks>
/// Choices have no gradient: the fractions are constants, and the loss is linear in the probabilities. So over parts of the tokens it is a sum, once the fractions of all are known.
/// Tokens of several layers are counted together, as there; padding is not counted.
/// </remarks>
public static class LoadBalancing
{
    /// <summary>The loss.</summary>
    /// <param name="routed">Tokens that went to each expert, over all k of a token: (E).</param>
    /// <param name="probabilities">The sum over the tokens of each expert's probability: (E).</param>
    /// <param name="tokens">How many tokens, at least 1.</param>
    public static double Value(IReadOnlyList<double> routed, IReadOnlyList<double> probabilities, double tokens)
    {
        if (routed.Count != probabilities.Count)
            throw new ArgumentException($"{probabilities.Count} experts have probabilities, and {routed.Count} tokens", nameof(probabilities));
        return Slopes(routed, tokens).Zip(probabilities, (slope, sum) => slope * sum).Sum();
    }

    /// <summary>The gradient of the loss in one token's probabilities, which is every token's: <c>E f_e / tokens</c>, (E).</summary>
    /// <param name="routed">Tokens that went to each expert, over all k of a token: (E).</param>
    /// <param name="tokens">How many tokens, at least 1.</param>
    public static IReadOnlyList<double> Slopes(IReadOnlyList<double> routed, double tokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        return [.. routed.Select(count => routed.Count * (count / tokens) / tokens)];
    }
}
