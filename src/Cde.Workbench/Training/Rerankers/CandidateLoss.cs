using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Rerankers;

/// <summary>A loss over the scores of each query's candidates, of which the first is right; of scored pairs each is its query's only candidate.</summary>
/// <param name="choice">The loss and its options.</param>
internal sealed class CandidateLoss(LossChoice choice)
{
    /// <summary>Differences of scores below this are rounding.</summary>
    private const float SameScores = 1e-6f;

    private readonly LossDeclaration declaration = choice.Declaration();
    private LossOptions options = choice.Values();

    /// <summary>How often each pair is read: twice for a loss that compares two draws of dropout.</summary>
    public int Passes => declaration.Needs.HasFlag(LossInputs.SecondScores) ? 2 : 1;

    /// <summary>Takes the options of the step after <paramref name="taken"/> steps.</summary>
    public void Begin(long taken) => options = choice.ValuesAt(taken);

    /// <summary>The scores of each pass: (P B G, 1), pass after pass and the G candidates of query 0 first, to P times (B, G).</summary>
    /// <exception cref="CdeException">The passes do not differ: the model has no dropout.</exception>
    public Tensor[] Scores(Tensor scores, int queries)
    {
        Tensor[] passes = [.. scores.to_type(ScalarType.Float32).reshape(Passes, queries, -1).unbind(0)];
        if (Passes == 2 && (passes[0] - passes[1]).detach().abs().max().item<float>() < SameScores)
            throw new CdeException($"loss {choice.Name} compares two readings of a pair that dropout tells apart, and this model has none; set model.dropout, such as to 0.1, or take listwise-softmax");
        return passes;
    }

    /// <summary>The loss, a scalar.</summary>
    /// <param name="scores">As <see cref="Scores"/> gives them.</param>
    /// <param name="similarities">(B) from 0 to 1 for scored pairs, else null.</param>
    public Tensor Compute(Tensor[] scores, float[]? similarities) => declaration.Compute(
        new LossBatch { Scores = scores[0], SecondScores = scores.ElementAtOrDefault(1), Labels = Labels(scores[0], similarities) },
        options);

    private Tensor? Labels(Tensor scores, float[]? similarities)
    {
        if (similarities is not null)
            return tensor(similarities, device: scores.device).unsqueeze(1);
        if (!declaration.Needs.HasFlag(LossInputs.Labels))
            return null; // the first candidate is the right one
        if (declaration.Name is var name && (name == Focal.Declaration.Name || name == RDrop.Declaration.Name))
            return zeros(scores.size(0), dtype: ScalarType.Int64, device: scores.device); // the class is the place of the right candidate
        var labels = zeros_like(scores).detach();
        labels.narrow(1, 0, 1).fill_(1);
        return labels;
    }
}
