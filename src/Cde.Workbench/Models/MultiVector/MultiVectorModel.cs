using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.MultiVector;

/// <summary>
/// A ColBERT model loaded from a folder: a vector for every token of a text, and scores by MaxSim. A query is filled up with <c>[MASK]</c> tokens, which the model
/// turns into further words to look for; a document's punctuation has no vectors.
/// </summary>
/// <remarks>Methods are called on one thread at a time.</remarks>
public sealed class MultiVectorModel : IDisposable
{
    /// <summary>Stands where the marker goes until the text is tokenised, as in the original.</summary>
    private const string MarkerPlace = ". ";

    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary>Positions of a batch, padding included.</summary>
    private const int TokenBudget = 16384;

    private readonly ColbertEncoder network;
    private readonly Device device;
    private readonly HashSet<int> skipped;
    private readonly (int Query, int Document, int Mask) ids;

    private MultiVectorModel(string folder, ColbertConfig config, ColbertEncoder network, ITokenizer tokenizer, Device device)
    {
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        (Config, this.network, Tokenizer, this.device, Hash) = (config, network, tokenizer, device, ModelHash.Of(folder));
        ids = (Id(config.QueryMarker), Id(config.DocumentMarker), Id("[MASK]"));
        skipped = config.SkipsPunctuation ? [.. Punctuation.Select(symbol => tokenizer.TokenId(symbol.ToString())).OfType<int>()] : [];
        if (!config.AttendsToExpansion && !network.HasUnseenTokens)
            throw new CdeException($"{folder}: a NomicBERT has no vectors of [MASK] tokens that nothing attends to; \"attend_to_mask_tokens\" true is computed here");
        network.eval();

        int Id(string token) => tokenizer.TokenId(token) ?? throw new CdeException($"{folder}: the vocabulary has no token {token}, which a ColBERT model needs");
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
        var network = ColbertEncoder.Read(folder, device, precision);
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
        var length = Math.Min(Config.QueryTokens, network.MaxTokens);
        var tokens = Tokenize(queries, length, cancellationToken);
        var vectors = new TokenEmbeddings[queries.Count];
        var most = Math.Max(1, TokenBudget / length);
        using var unfused = Config.AttendsToExpansion ? null : FusedInference.Off(); // fused layers compute nothing at positions that nothing attends to
        for (var start = 0; start < vectors.Length; start += most)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(most, vectors.Length - start);
            var (filled, mask) = (new long[count * length], new long[count * length]);
            Array.Fill(filled, ids.Mask);
            for (var row = 0; row < count; row++)
            {
                var own = Marked(tokens[start + row], ids.Query);
                own.CopyTo(filled.AsSpan(row * length));
                mask.AsSpan(row * length, Config.AttendsToExpansion ? length : own.Length).Fill(1);
            }

            using var scope = NewDisposeScope();
            var encoded = Encode(tensor(filled, [count, length], device: device), tensor(mask, [count, length], device: device));
            for (var row = 0; row < count; row++)
                vectors[start + row] = new TokenEmbeddings(encoded.AsSpan(row * length * Dimension, length * Dimension).ToArray(), Dimension);
        }

        return vectors;
    }

    /// <summary>The vectors of documents: one a token that is no punctuation.</summary>
    /// <param name="documents">The texts.</param>
    /// <param name="progress">Told after each batch, in documents.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public IReadOnlyList<TokenEmbeddings> EncodeDocuments(IReadOnlyList<string> documents, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var tokens = Tokenize(documents, Math.Min(Config.DocumentTokens, network.MaxTokens), cancellationToken);
        var plan = BatchPlanner.Plan([.. Enumerable.Range(0, tokens.Count).Select(tokens.Length)], TokenBudget);
        var vectors = new TokenEmbeddings[documents.Count];
        for (var (batch, done) = (0, 0); batch < plan.Count; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = plan[batch];
            var length = plan.MaxLength(batch);
            using var scope = NewDisposeScope();
            using var padded = PaddedBatch.From(tokens, rows, Tokenizer.PadId, device);
            padded.Ids.select(1, 1).fill_(ids.Document);
            var encoded = Encode(padded.Ids, padded.Mask);
            for (var i = 0; i < rows.Length; i++)
                vectors[rows[i]] = Kept(Marked(tokens[rows[i]], ids.Document), encoded.AsSpan(i * length * Dimension));
            progress?.Report(new WorkProgress("embedding", done += rows.Length, documents.Count, "documents"));
        }

        return vectors;
    }

    /// <summary>The MaxSim of each document for a query, in the documents' order; higher is better.</summary>
    public float[] Score(string query, IReadOnlyList<string> documents, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var asked = EncodeQueries([query], cancellationToken)[0];
        return [.. EncodeDocuments(documents, progress, cancellationToken).Select(asked.MaxSim)];
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => network.Dispose();

    private TokenBatch Tokenize(IReadOnlyList<string> texts, int maxTokens, CancellationToken cancellationToken) =>
        Tokenizer.Encode(texts, new TokenizeOptions { MaxTokens = maxTokens, Prompt = MarkerPlace }, cancellationToken);

    private static long[] Marked(ReadOnlySpan<int> tokens, int marker)
    {
        var marked = new long[tokens.Length];
        for (var t = 0; t < tokens.Length; t++)
            marked[t] = t == 1 ? marker : tokens[t];
        return marked;
    }

    private float[] Encode(Tensor ids, Tensor mask)
    {
        using var noGradients = no_grad();
        return network.forward(ids, mask).to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray(); // (B, T, out)
    }

    private TokenEmbeddings Kept(long[] tokens, ReadOnlySpan<float> encoded)
    {
        var kept = new List<float>(tokens.Length * Dimension);
        for (var t = 0; t < tokens.Length; t++)
        {
            if (!skipped.Contains((int)tokens[t]))
                kept.AddRange(encoded.Slice(t * Dimension, Dimension));
        }

        return new TokenEmbeddings([.. kept], Dimension);
    }
}
