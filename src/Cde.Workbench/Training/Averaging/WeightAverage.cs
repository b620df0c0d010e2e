using Cde.Workbench.Models;
using Cde.Workbench.Training.Optimization;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Averaging;

/// <summary>An average of the parameters that move over the steps of a run: one copy of them in float32.</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly IAveragingRule rule;
    private readonly IReadOnlyList<(string Name, Tensor Weights, Tensor Average)> entries;

    /// <summary>Begins with the weights as they are.</summary>
    /// <param name="rule">What enters, and how much of it.</param>
    /// <param name="weights">The parameters that move; the caller's.</param>
    public WeightAverage(IAveragingRule rule, IEnumerable<(string Name, Tensor Value)> weights)
    {
        this.rule = rule;
        using var mode = no_grad();
        entries = [.. weights.Select(entry => (entry.Name, entry.Value, entry.Value.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>What the options ask for; null where that is nothing.</summary>
    /// <param name="options">Which average.</param>
    /// <param name="steps">Steps of the run.</param>
    /// <param name="weights">The parameters that move; the caller's.</param>
    public static WeightAverage? Of(AveragingOptions options, int steps, IEnumerable<(string Name, Tensor Value)> weights) => options.Kind switch
    {
        AveragingKind.Ema => new WeightAverage(new ExponentialAverage(options.Decay), weights),
        AveragingKind.Swa => new WeightAverage(new StochasticAverage(options.StartStep ?? LaterPart(steps), options.Every), weights),
        _ => null,
    };

    /// <summary>The averages by the parameters' names.</summary>
    public IEnumerable<(string Name, Tensor Value)> Values => entries.Select(entry => (entry.Name, entry.Average));

    /// <summary>Lets the weights after a step enter.</summary>
    public void Take(long step)
    {
        if (rule.Share(step) is not { } share)
            return;
        using var mode = no_grad();
        foreach (var (_, weights, average) in entries)
        {
            if (share == 1)
            {
                average.copy_(weights);
                continue;
            }

            using var change = weights - average;
            average.add_(change, alpha: share);
        }
    }

    /// <summary>Takes the averages from a file.</summary>
    /// <exception cref="CdeException">A tensor is missing or has another shape.</exception>
    public void Load(SafetensorsFile file)
    {
        using var mode = no_grad();
        foreach (var (name, _, average) in entries)
            ParameterUpdate.Fill(average, file, name);
    }

    /// <summary>Puts the averages in the place of the weights until the result is disposed, after which the weights are what they were, bit for bit.</summary>
    /// <returns>Null where nothing has entered yet: the weights stay.</returns>
    public IDisposable? InPlace(long step) => rule.HasBegun(step) ? new Exchange(this) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, average) in entries)
            average.Dispose();
    }

    /// <summary>From three quarters of the run on, as in Izmailov et al. 2018.</summary>
    private static int LaterPart(int steps) => Math.Max(1, (int)Math.Ceiling(0.75 * steps));

    /// <summary>Tensor by tensor, so that it takes the memory of one.</summary>
    private void Swap()
    {
        using var mode = no_grad();
        foreach (var (_, weights, average) in entries)
        {
            using var kept = weights.detach().clone();
            weights.copy_(average);
            average.copy_(kept);
        }
    }

    private sealed class Exchange : IDisposable
    {
        private readonly WeightAverage average;

        public Exchange(WeightAverage average)
        {
            this.average = average;
            average.Swap();
        }

        public void Dispose() => average.Swap();
    }
}
