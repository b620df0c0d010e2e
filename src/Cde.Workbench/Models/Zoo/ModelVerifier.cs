using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Zoo;

/// <summary>
/// Compares vectors of a model on this machine with published ones: parity with the original, checked by the user's own download. Published numbers are often the
/// first few of a vector, and some were published before the normalisation that the model's files ask for; both are followed.
/// </summary>
public static class ModelVerifier
{
    /// <summary>Embeds the texts of published vectors and compares.</summary>
    /// <param name="nameOrFolder">A known model's name, <c>concat:A+B</c> or a model folder.</param>
    /// <param name="published">What to compare with; their model's name is not looked at.</param>
    /// <param name="device">Where to compute; the CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="cancellationToken">Stops between vectors.</param>
    /// <returns>One for each of <paramref name="published"/>, in their order.</returns>
    /// <exception cref="CdeException">The model is not here, is no plain model, or its vectors are shorter than what was published.</exception>
    public static IReadOnlyList<VerifiedVector> Verify(
        string nameOrFolder, IReadOnlyList<PublishedVector> published, Device? device = null, ScalarType precision = ScalarType.Float32, CancellationToken cancellationToken = default)
    {
        var verified = new VerifiedVector[published.Count];
        foreach (var pooling in published.Select(vector => vector.Pooling).Distinct())
        {
            using var model = KnownModels.Load(nameOrFolder, device, precision, pooling);
            for (var number = 0; number < verified.Length; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (published[number].Pooling == pooling)
                    verified[number] = Compare(model, published[number]);
            }
        }

        return verified;
    }

    /// <summary>Embeds one text and compares.</summary>
    /// <exception cref="CdeException">The model is contextual, or its vectors are shorter than what was published.</exception>
    public static VerifiedVector Compare(EmbeddingModel model, PublishedVector published)
    {
        var found = Vector(model, published.Prompt, published.Text);
        if (published.IsNormalized)
            Normalize(found);
        if (published.First.Count > found.Length || published.Last.Count > found.Length)
            throw new CdeException($"{model.Name} gives vectors of {found.Length} numbers, the published one has more; is it the model that was published?");
        var (dot, own, theirs, greatest) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (here, there) in found.Zip(published.First).Concat(found.TakeLast(published.Last.Count).Zip(published.Last)))
        {
            dot += (double)here * there;
            own += (double)here * here;
            theirs += (double)there * there;
            greatest = Math.Max(greatest, double.IsFinite(here) ? Math.Abs((double)here - there) : double.PositiveInfinity);
        }

        return new VerifiedVector(published, published.First.Count + published.Last.Count, dot / Math.Max(Math.Sqrt(own * theirs), 1e-12), greatest);
    }

    /// <summary>A text's vector as the model gives it, not normalised: d numbers; of a concatenation the parts' side by side, each of length 1.</summary>
    private static float[] Vector(EmbeddingModel model, string prompt, string text)
    {
        if (model.Parts.Count > 0)
            return [.. model.Parts.SelectMany(part => Normalize(Vector(part, prompt, text)))];
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var tokens = model.Tokenizer.Encode([model.SplitIdentifiers ? IdentifierSplitter.Split(text) : text], new TokenizeOptions { MaxTokens = model.MaxTokens, Prompt = prompt });
        using var batch = PaddedBatch.From(tokens, [0], model.Tokenizer.PadId, model.Device);
        using var encoded = model.Encode(batch); // of no scope
        return encoded.to(ScalarType.Float32).cpu().data<float>().ToArray();
    }

    private static float[] Normalize(float[] vector)
    {
        var norm = Math.Max(Math.Sqrt(vector.Sum(x => (double)x * x)), 1e-12);
        for (var i = 0; i < vector.Length; i++)
            vector[i] = (float)(vector[i] / norm);
        return vector;
    }
}
