using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using Cde.Workbench.Training.Distributed;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// The load-balancing loss of one batch: of its queries, of its documents and of its hard negatives, each for itself over the whole batch, added up (spec A-6). Of several
/// processes the tokens of all count.
/// </summary>
/// <param name="weight">What the gradient is multiplied by.</param>
/// <param name="batch">The batch, of which this process may encode a slice.</param>
/// <param name="joint">Those that take the step together; null for this process alone.</param>
/// <param name="device">Where the model lives.</param>
internal sealed class RouterBalance(double weight, TrainingBatch batch, JointBatch? joint, Device device)
{
    /// <summary>The loss of the groups that were seen, not multiplied.</summary>
    public double Value { get; private set; }

    /// <summary>The same times the weight, with the graph of what <see cref="AddGraph"/> was told; null where nothing has one. A scalar.</summary>
    public Tensor? Weighted { get; private set; }

    /// <summary>Why a model cannot be trained with this loss, and the way out; null where it can.</summary>
    public static string? Refusal(TrainingModel model, double coefficient)
    {
        if (coefficient == 0)
            return null;
        if (model.HasFirstStage)
            return $"loss.routerCoefficient is {OptionText.Show(coefficient)}, and it balances the tokens of texts that are read for themselves; a contextual model reads them together with a context: leave it out, or train a bi-encoder";
        return model.Module.modules().OfType<MixtureOfExperts>().Any()
            ? null
            : $"loss.routerCoefficient is {OptionText.Show(coefficient)}, and the model has no mixture of experts (num_experts, moe_every_n_layers in its config.json); leave it out, or name a model with one in model.start, such as nomic-embed-text-v2-moe";
    }

    /// <summary>Counts a group whose texts were all seen in one graph.</summary>
    public void AddGraph(RouterWatch watch)
    {
        if (watch.Weighted(Add(watch)) is { } own)
            Weighted = Weighted is null ? own : Weighted + own;
    }

    /// <summary>Counts a group whose texts were all seen.</summary>
    /// <returns>The gradient of the loss, times the weight, in the sum of each expert's probability over the group's tokens: (E).</returns>
    public Tensor Add(RouterWatch watch)
    {
        double[] all = [.. watch.Routed.Select(count => (double)count), .. watch.Probabilities, watch.Tokens];
        if (joint is not null)
            all = joint.Sum(all, batch);
        var experts = all.Length / 2;
        var (routed, probabilities, tokens) = (all[..experts], all[experts..^1], all[^1]);
        Value += LoadBalancing.Value(routed, probabilities, tokens);
        return tensor(LoadBalancing.Slopes(routed, tokens).Select(slope => (float)(slope * weight)).ToArray(), device: device);
    }
}
