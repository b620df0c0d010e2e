using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Text;
using Cde.Workbench.Training.GradientCaching;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>A training batch to vectors with gradients: in one graph, or chunk by chunk with their gradients cached.</summary>
/// <param name="model">The model.</param>
/// <param name="options">Groups and chunks.</param>
/// <param name="padId">The id that fills the padding.</param>
/// <param name="vocabularySize">V.</param>
/// <param name="device">Where the model lives.</param>
/// <param name="hasDocuments">Whether documents are encoded; where not, queries alone.</param>
internal sealed class BatchEncoding(TrainingModel model, BatchOptions options, int padId, int vocabularySize, Device device, bool hasDocuments = true)
{
    /// <summary>Queries (B, d), documents (B, d) and, where there are any, hard negatives (B n, d), in the batch's order.</summary>
    /// <param name="domain">The batch's texts.</param>
    /// <param name="batch">Its rows.</param>
    /// <param name="routers">A loss of the routers, which gets its graph; null for none.</param>
    public Tensor[] OneGraph(TokenizedDomain domain, TrainingBatch batch, RouterBalance? routers = null)
    {
        using var context = model.HasFirstStage && !batch.IsNullContext ? PaddedBatch.From(domain.Documents, batch.Context, padId, device) : null;
        var sides = Sides(domain, batch).Select(texts => Groups(texts.Tokens, texts.Rows)).ToArray();
        var buckets = Buckets(domain, batch);
        Tensor[] vectors;
        if (routers is null)
        {
            vectors = model.Embed([.. sides.SelectMany(side => side.Groups)], context, buckets, batch.DocumentsPerPosition);
        }
        else
        {
            var watched = new List<Tensor>();
            foreach (var (groups, _) in sides)
            {
                using var watch = RouterWatch.Start();
                watched.AddRange(model.Embed(groups, context, buckets));
                routers.AddGraph(watch);
            }

            vectors = [.. watched];
        }

        var (result, from) = (new Tensor[sides.Length], 0);
        for (var i = 0; i < sides.Length; i++)
        {
            result[i] = Joined(vectors[from..(from + sides[i].Groups.Length)])[sides[i].Order];
            from += sides[i].Groups.Length;
        }

        foreach (var group in sides.SelectMany(side => side.Groups))
            group.Dispose();
        return result;
    }

    /// <summary>Adds the exact gradient of the whole batch in the memory of a chunk.</summary>
    /// <param name="domain">The batch's texts.</param>
    /// <param name="batch">Its rows.</param>
    /// <param name="terms">The loss of the vectors.</param>
    /// <param name="routers">A loss of the routers, which gets its gradient too; null for none.</param>
    /// <returns>The loss.</returns>
    public double Cached(TokenizedDomain domain, TrainingBatch batch, LossTerms terms, RouterBalance? routers = null)
    {
        var limits = new GradientCacheOptions { TokensPerChunk = options.TokensPerChunk, ContextTokensPerChunk = options.TokensPerChunk, CheckpointLayers = options.CheckpointLayers };
        var hasContext = model.HasFirstStage && !batch.IsNullContext;
        var buckets = Buckets(domain, batch);
        return new TwoStageGradientCache(model, limits, padId, device) { Routers = routers }.Backward(
            hasContext ? [new TextRows(domain.Documents, batch.Context)] : [],
            [.. Sides(domain, batch).Select(texts => new ContextTexts(texts, hasContext ? 0 : null, buckets))],
            terms,
            batch.DocumentsPerPosition);
    }

    /// <summary>The groups' vectors one after the other; of token vectors, shorter ones followed by 0.</summary>
    private static Tensor Joined(Tensor[] groups) => groups[0].dim() == 2 ? cat(groups, 0) : cat([.. groups.Select(group => TokenVectors.Padded(group, groups.Max(other => other.size(1))))], 0);

    private TextRows[] Sides(TokenizedDomain domain, TrainingBatch batch)
    {
        var (queries, documents) = (new TextRows(domain.Queries, batch.Queries), new TextRows(domain.Documents, batch.Documents));
        return !hasDocuments ? [queries] : batch.Negatives.Length == 0 ? [queries, documents] : [queries, documents, new TextRows(domain.Documents, batch.Negatives)];
    }

    /// <summary>The buckets (V) of the batch's context; null where the model sees no statistics.</summary>
    private Tensor? Buckets(TokenizedDomain domain, TrainingBatch batch)
    {
        if (!model.UsesStatistics)
            return null;
        return batch.IsNullContext
            ? ContextStatistics.UnknownBuckets(vocabularySize, device)
            : ContextStatistics.Of(domain.Documents, batch.Context, vocabularySize).Buckets(device);
    }

    /// <summary>The rows sorted by length and cut into groups, and, for each row, its place in that order.</summary>
    private (PaddedBatch[] Groups, Tensor Order) Groups(TokenBatch tokens, IReadOnlyList<int> rows)
    {
        var sorted = Enumerable.Range(0, rows.Count).OrderBy(i => tokens.Length(rows[i])).ThenBy(i => i).ToArray();
        var place = new long[rows.Count];
        for (var i = 0; i < sorted.Length; i++)
            place[sorted[i]] = i;
        var size = (rows.Count + options.LengthGroups - 1) / options.LengthGroups;
        return ([.. sorted.Chunk(size).Select(chunk => PaddedBatch.From(tokens, chunk.Select(i => rows[i]).ToArray(), padId, device))], tensor(place, device: device));
    }
}
