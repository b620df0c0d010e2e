using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.MultiVector;

/// <summary>
/// A ColBERT model loaded from a folder: a vector for every token of a text, and scores by MaxSim. A query is filled up with <c>[MASK]</c> tokens, which the model
/// turns into further words to look for; a document's punctuation has no vectors.
/// </summary>
/// <remarks>Methods are called on one thread at a time.</remarks>
public sealed class MultiVectorModel : IReranker
{
    /// <summary>Positions of a batch, padding included.</summary>
    private const int TokenBudget = 16384;

    /// <summary>Pairs whose texts' vectors are in memory at a time.</summary>
    private const int WindowPairs = 1024;

    private readonly ColbertEncoder network;
    private readonly Device device;
    private readonly ColbertTokens texts;

    private MultiVectorModel(string folder, ColbertConfig config, ColbertEncoder network, ITokenizer tokenizer, Device device)
    {
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        (Config, this.network, Tokenizer, this.device, Hash) = (config, network, tokenizer, device, ModelHash.Of(folder));
        texts = new ColbertTokens(folder, config, tokenizer);
        if (!config.AttendsToExpansion && !network.HasUnseenTokens)
            throw new CdeException($"{folder}: a NomicBERT has no vectors of [MASK] tokens that nothing attends to; \"attend_to_mask_tokens\" true is computed here");
        network.eval();
    }

    /// <summary>The folder's name.</summary>
    public string Name { get; }

    /// <summary>Content hash of weights, configuration and tokenizer: equal hashes give equal vectors.</summary>
    public string Hash { get; }

    /// <summary>How it reads texts.</summary>
    public ColbertConfig Config { get; }

    /// <summary>The tokenizer that the model was trained with.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>Bytes that the weights take in memory.</summary>
    public long WeightBytes => Layers.CompactWeights.Bytes(network);

    /// <summary>Width of the vectors.</summary>
    public int Dimension => network.Dimension;

    /// <summary>Reads a model folder.</summary>
    /// <param name="folder">Holds <c>config.json</c>, the weights with <c>linear.weight</c>, the tokenizer's files and, as a rule, <c>artifact.metadata</c>.</param>
    /// <param name="device">Where it computes; the CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="storage">How weights are kept, as in <see cref="EmbeddingModel.Load"/>.</param>
    /// <exception cref="CdeException">A file is missing or damaged, or of a model that is no ColBERT or is not computed here.</exception>
    public static MultiVectorModel Load(string folder, Device? device = null, ScalarType precision = ScalarType.Float32, WeightStorage storage = WeightStorage.AsComputed)
    {
        if (!Directory.Exists(folder))
            throw new CdeException($"{folder}: there is no such model folder");
        Layers.CompactWeights.RequireFloat32(storage, precision);
        var tokenizer = Tokenizers.FromFolder(folder);
        using var scope = NewDisposeScope();
        var network = ColbertEncoder.Read(folder, device, precision, storage);
        try
        {
            Layers.CompactWeights.Apply(network, storage);
            return new MultiVectorModel(folder, ColbertConfig.Read(folder), network, tokenizer, device ?? CPU);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The vectors of queries, <see cref="ColbertConfig.QueryTokens"/> each, expansion included.</summary>
    /// <param name="queries">The texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public IReadOnlyList<TokenEmbeddings> EncodeQueries(IReadOnlyList<string> queries, CancellationToken cancellationToken = default)
    {
        using var unfused = Config.AttendsToExpansion ? null : FusedInference.Off(); // fused layers compute nothing at positions that nothing attends to
        return Encode(texts.Queries(queries, Math.Min(Config.QueryTokens, network.MaxTokens), cancellationToken), null, cancellationToken);
    }

    /// <summary>The vectors of documents: one a token that is no punctuation.</summary>
    /// <param name="documents">The texts.</param>
    /// <param name="progress">Told after each batch, in documents.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public IReadOnlyList<TokenEmbeddings> EncodeDocuments(IReadOnlyList<string> documents, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Encode(texts.Documents(documents, Math.Min(Config.DocumentTokens, network.MaxTokens), cancellationToken), progress, cancellationToken);

    /// <summary>The MaxSim of each document for a query, in the documents' order; higher is better.</summary>
    public float[] Score(string query, IReadOnlyList<string> documents, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var asked = EncodeQueries([query], cancellationToken)[0];
        return [.. EncodeDocuments(documents, progress, cancellationToken).Select(asked.MaxSim)];
    }

    /// <summary>The MaxSim of each pair, in their order; each text of a window of pairs is encoded once. Lengths are the model's own: of the options the sigmoid alone counts, that of the MaxSim over the number of the query's vectors (as open-retrievals).</summary>
    /// <inheritdoc/>
    public float[] Score(
        IReadOnlyList<(string Query, string Document)> pairs, RerankOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var scores = new float[pairs.Count];
        for (var start = 0; start < scores.Length; start += WindowPairs)
        {
            var window = pairs.Skip(start).Take(WindowPairs).ToArray();
            var queries = Encoded(window.Select(pair => pair.Query), texts => EncodeQueries(texts, cancellationToken));
            var documents = Encoded(window.Select(pair => pair.Document), texts => EncodeDocuments(texts, null, cancellationToken));
            for (var i = 0; i < window.Length; i++)
            {
                var asked = queries[window[i].Query];
                var score = asked.MaxSim(documents[window[i].Document]);
                scores[start + i] = options?.Sigmoid == true ? 1 / (1 + MathF.Exp(-score / asked.Count)) : score;
            }

            progress?.Report(new WorkProgress("scoring", start + window.Length, scores.Length, "pairs"));
        }

        return scores;

        static Dictionary<string, TokenEmbeddings> Encoded(IEnumerable<string> texts, Func<string[], IReadOnlyList<TokenEmbeddings>> encode)
        {
            string[] distinct = [.. texts.Distinct()];
            return distinct.Zip(encode(distinct)).ToDictionary(entry => entry.First, entry => entry.Second, StringComparer.Ordinal);
        }
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => network.Dispose();

    private TokenEmbeddings[] Encode(TokenBatch tokens, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var plan = BatchPlanner.Plan([.. Enumerable.Range(0, tokens.Count).Select(tokens.Length)], TokenBudget);
        var vectors = new TokenEmbeddings[tokens.Count];
        for (var (batch, done) = (0, 0); batch < plan.Count; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = plan[batch];
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            using var padded = PaddedBatch.From(tokens, rows, Tokenizer.PadId, device);
            var encoded = network.forward(padded.Ids, texts.Attended(padded.Ids, padded.Mask)).to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray(); // (B, T, out)
            var kept = texts.Kept(padded.Ids, padded.Mask).cpu().data<long>().ToArray(); // (B, T)
            for (var i = 0; i < rows.Length; i++)
                vectors[rows[i]] = Kept(kept.AsSpan(i * padded.Length, padded.Length), encoded.AsSpan(i * padded.Length * Dimension));
            progress?.Report(new WorkProgress("embedding", done += rows.Length, tokens.Count, "documents"));
        }

        return vectors;
    }

    private TokenEmbeddings Kept(ReadOnlySpan<long> isKept, ReadOnlySpan<float> encoded)
    {
        var kept = new List<float>(isKept.Length * Dimension);
        for (var t = 0; t < isKept.Length; t++)
        {
            if (isKept[t] != 0)
                kept.AddRange(encoded.Slice(t * Dimension, Dimension));
        }

        return new TokenEmbeddings([.. kept], Dimension);
    }
}
