namespace Cde.Workbench.Models.NomicBert;

/// <summary>
/// Which experts compute which tokens. Each token goes to the k experts it gives the highest probability, the one with the lower number where two are equal, so that the
/// choice is the token's alone: neither the batch around it nor the number of threads moves it.
/// </summary>
internal sealed class ExpertRoutes
{
    private ExpertRoutes(long[] chosen, long[] tokens, long[] places, int[] counts) => (Chosen, Tokens, Places, Counts) = (chosen, tokens, places, counts);

    /// <summary>The experts of each token, best first: (N, k).</summary>
    public long[] Chosen { get; }

    /// <summary>The tokens in the order of their experts: those of the first expert, then those of the second, ...: (N k).</summary>
    public long[] Tokens { get; }

    /// <summary>Where each token's k results stand in that order: (N, k).</summary>
    public long[] Places { get; }

    /// <summary>How many tokens each expert gets: (E).</summary>
    public int[] Counts { get; }

    /// <summary>The routes of N tokens.</summary>
    /// <param name="probabilities">(N, E).</param>
    /// <param name="experts">E.</param>
    /// <param name="top">k.</param>
    public static ExpertRoutes Of(ReadOnlySpan<float> probabilities, int experts, int top)
    {
        var count = probabilities.Length / experts;
        var (chosen, counts) = (new long[count * top], new int[experts]);
        for (var token = 0; token < count; token++)
        {
            var own = chosen.AsSpan(token * top, top);
            for (var slot = 0; slot < top; slot++)
            {
                own[slot] = Best(probabilities.Slice(token * experts, experts), own[..slot]);
                counts[own[slot]]++;
            }
        }

        var next = new int[experts]; // where the next token of an expert stands
        for (var expert = 1; expert < experts; expert++)
            next[expert] = next[expert - 1] + counts[expert - 1];
        var (tokens, places) = (new long[chosen.Length], new long[chosen.Length]);
        for (var i = 0; i < chosen.Length; i++)
        {
            var place = next[chosen[i]]++;
            (tokens[place], places[i]) = (i / top, place);
        }

        return new ExpertRoutes(chosen, tokens, places, counts);
    }

    private static long Best(ReadOnlySpan<float> probabilities, ReadOnlySpan<long> taken)
    {
        var best = -1;
        for (var expert = 0; expert < probabilities.Length; expert++)
        {
            if (!taken.Contains(expert) && (best < 0 || probabilities[expert] > probabilities[best]))
                best = expert;
        }

        return best;
    }
}
