using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>
/// A cross-encoder loaded from a folder: it scores a query and a document together, more exactly and far more slowly than vectors do, so it is run over the few
/// documents that a search found. BERT, RoBERTa, XLM-R, ModernBERT and NomicBERT with a sequence classification head of one label; and Llama, Mistral and Qwen with their language
/// model's head, which are asked for "Yes" or "No".
/// </summary>
/// <remarks>Methods are called on one thread at a time.</remarks>
public sealed class RerankerModel : IReranker
{
    /// <summary>Pairs that are tokenised at a time, which bounds the memory for their ids.</summary>
    private const int WindowPairs = 8192;

    private readonly PairScorer network;

    private RerankerModel(string folder, PairScorer network, ITokenizer tokenizer, string hash, Device device)
    {
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        (this.network, Tokenizer, Hash, Device) = (network, tokenizer, hash, device);
        network.eval();
    }

    /// <summary>The folder's name.</summary>
    public string Name { get; }

    /// <summary>Content hash of weights, configuration and tokenizer: equal hashes give equal scores.</summary>
    public string Hash { get; }

    /// <summary>The tokenizer that the model was trained with.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>The longest pair in tokens, special tokens included.</summary>
    public int MaxTokens => Math.Min(network.MaxTokens, Tokenizer.ModelMaxTokens ?? int.MaxValue);

    /// <summary>Reads a model folder.</summary>
    /// <param name="folder">Holds <c>config.json</c>, <c>model.safetensors</c> (or shards with their index) and the tokenizer's files.</param>
    /// <param name="device">Where it computes; the CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="storage">How weights are kept, as in <see cref="EmbeddingModel.Load"/>.</param>
    /// <exception cref="CdeException">A file is missing or damaged, or of a model that is no reranker or is not computed here.</exception>
    public static RerankerModel Load(string folder, Device? device = null, ScalarType precision = ScalarType.Float32, WeightStorage storage = WeightStorage.AsComputed)
    {
        if (!Directory.Exists(folder))
            throw new CdeException($"{folder}: there is no such model folder");
        Layers.CompactWeights.RequireFloat32(storage, precision);
        var tokenizer = Tokenizers.FromFolder(folder);
        using var scope = NewDisposeScope();
        var isAsked = LanguageModelRanker.Describes(JsonConfig.Read(Path.Combine(folder, "config.json")));
        PairScorer network = isAsked ? LanguageModelRanker.Read(folder, tokenizer, device, precision, storage: storage) : CrossEncoder.Read(folder, device, precision, storage);
        Layers.CompactWeights.Apply(network, storage);
        return new RerankerModel(folder, network, isAsked ? new RankingPrompt(tokenizer) : tokenizer, ModelHash.Of(folder), device ?? CPU);
    }

    /// <summary>The score of each document for a query, in the documents' order; higher is better.</summary>
    /// <inheritdoc cref="Score(IReadOnlyList{ValueTuple{string, string}}, RerankOptions?, IProgress{WorkProgress}?, CancellationToken)" path="/exception"/>
    public float[] Score(
        string query, IReadOnlyList<string> documents, RerankOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Score([.. documents.Select(document => (query, document))], options, progress, cancellationToken);

    /// <summary>The score of each pair, in their order; higher is better.</summary>
    /// <param name="pairs">Queries and documents.</param>
    /// <param name="options">The defaults where null.</param>
    /// <param name="progress">Told after each batch, in pairs.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CdeException">The options leave no room for a token, or a score is not finite.</exception>
    public float[] Score(
        IReadOnlyList<(string Query, string Document)> pairs, RerankOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new RerankOptions();
        var scores = new float[pairs.Count];
        using var noGradients = no_grad();
        for (var start = 0; start < pairs.Count; start += WindowPairs)
        {
            var window = scores.AsSpan(start, Math.Min(WindowPairs, pairs.Count - start));
            (string Query, string Document)[] texts = [.. Enumerable.Range(start, window.Length).Select(row => pairs[row])];
            var maxTokens = Math.Min(options.MaxTokens ?? MaxTokens, MaxTokens);
            var (tokens, owners) = options.SplitLongDocuments
                ? new DocumentChunks(Tokenizer, maxTokens, options.ChunkOverlap).Of(texts, cancellationToken)
                : (Tokenizer.EncodePairs(texts, options.Truncation, new TokenizeOptions { MaxTokens = maxTokens }, cancellationToken), null);
            window.Fill(float.NegativeInfinity);
            var plan = BatchPlanner.Plan([.. Enumerable.Range(0, tokens.Count).Select(tokens.Length)], options.TokenBudget);
            for (var (batch, done) = (0, 0); batch < plan.Count; batch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ScoreBatch(tokens, owners, plan[batch], options, window);
                done += plan[batch].Length;
                progress?.Report(new WorkProgress("scoring", start + (int)((long)done * window.Length / tokens.Count), pairs.Count, "pairs"));
            }
        }

        return scores;
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => network.Dispose();

    /// <summary>Keeps the best score of each pair's rows; without owners each row is its own pair.</summary>
    private void ScoreBatch(TokenBatch tokens, int[]? owners, ReadOnlySpan<int> rows, RerankOptions options, Span<float> scores)
    {
        using var scope = NewDisposeScope();
        using var batch = PaddedBatch.From(tokens, rows, Tokenizer.PadId, Device);
        var logits = network.forward(batch.Ids, batch.Mask, batch.TypeIds).to_type(ScalarType.Float32); // (B)
        var values = (options.Sigmoid ? logits.sigmoid() : logits).cpu().data<float>();
        for (var i = 0; i < rows.Length; i++)
        {
            var pair = owners is null ? rows[i] : owners[rows[i]];
            scores[pair] = Math.Max(scores[pair], values[i]);
            if (!float.IsFinite(values[i]))
                throw new CdeException($"{Name}: the score of a pair is not finite; check the model's weights or use float32");
        }
    }
}
