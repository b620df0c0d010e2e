using Cde.Workbench.Models;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Embedding;

/// <summary>
/// An encoder without weights: a text's vector is the sum of pseudo-random vectors of its token ids, to which the second stage adds the
/// mean of the context. Real tensors go in and out, so leaks count; sums run token by token, so padding and batches change nothing.
/// </summary>
internal sealed class StandInEncoder : IEncoder, IPooledFirstStage
{
    public string Name { get; init; } = "stand-in";

    public string Hash { get; init; } = "hash-of-stand-in";

    public int Dimension { get; init; } = 8;

    public int MaxTokens { get; init; } = 64;

    public ITokenizer Tokenizer { get; init; } = new StandInTokenizer();

    public IReadOnlyDictionary<string, string> Prompts { get; init; } =
        new Dictionary<string, string> { ["query"] = "search_query: ", ["document"] = "search_document: " };

    public bool SplitIdentifiers { get; init; }

    public Device Device => CPU;

    public ScalarType Precision { get; init; } = ScalarType.Float32;

    public bool IsContextual { get; init; }

    public int ContextSize { get; init; }

    public int TokensPerDocument { get; init; }

    public bool UsesStatistics { get; init; }

    /// <summary>What the last preparation was given.</summary>
    public ContextStatistics? Statistics { get; private set; }

    /// <summary>Called before each batch with its number, from 1.</summary>
    public Action<int> BeforeBatch { get; set; } = _ => { };

    public int Batches { get; private set; }

    public int Texts { get; private set; }

    public int LongestBatch { get; private set; }

    public int Preparations { get; private set; }

    /// <summary>What is returned in place of a text's vector; for broken weights.</summary>
    public Func<float, float> Corrupt { get; set; } = x => x;

    private float[] _values = [];

    public static StandInEncoder Contextual(int contextSize = 6, int tokensPerDocument = 1, string hash = "hash-of-contextual") => new()
    {
        Name = "stand-in contextual",
        Hash = hash,
        IsContextual = true,
        ContextSize = contextSize,
        TokensPerDocument = tokensPerDocument,
    };

    public Tensor Encode(PaddedBatch batch) => Vectors(batch, new float[Dimension]);

    public bool IsBatchInvariant { get; init; } = true;

    public Tensor PoolFirstStage(PaddedBatch batch) => Vectors(batch, new float[Dimension]);

    public Tensor EncodeFirstStage(PaddedBatch batch)
    {
        using var plain = PoolFirstStage(batch);
        return FinishFirstStage(plain);
    }

    public Tensor FinishFirstStage(Tensor pooled)
    {
        var values = pooled.data<float>().ToArray();
        var all = new float[values.Length * TokensPerDocument];
        for (var i = 0; i < all.Length; i++)
        {
            var (row, t, j) = (i / Dimension / TokensPerDocument, i / Dimension % TokensPerDocument, i % Dimension);
            all[i] = values[(row * Dimension) + j] + t;
        }

        return tensor(all, [pooled.size(0) * TokensPerDocument, Dimension]);
    }

    public PreparedContext Prepare(Tensor? contextVectors, ContextStatistics? statistics = null)
    {
        Statistics = statistics;
        Preparations++;
        var mean = Enumerable.Repeat(0.5f, Dimension).ToArray();
        if (contextVectors is not null)
        {
            var values = contextVectors.data<float>().ToArray();
            for (var j = 0; j < Dimension; j++)
                mean[j] = values.Where((_, i) => i % Dimension == j).Average();
        }

        return new Mean(tensor(mean, [Dimension]));
    }

    public Tensor EncodeSecondStage(PaddedBatch batch, PreparedContext context) =>
        Vectors(batch, ((Mean)context).Value.data<float>().ToArray());

    public void Dispose()
    {
    }

    private Tensor Vectors(PaddedBatch batch, float[] start)
    {
        BeforeBatch(++Batches);
        Texts += batch.Count;
        LongestBatch = Math.Max(LongestBatch, batch.Count);
        var ids = batch.Ids.data<long>().ToArray();
        var mask = batch.Mask.data<long>().ToArray();
        if (_values.Length != batch.Count * Dimension)
            _values = new float[batch.Count * Dimension];
        var values = _values; // kept: a model's numbers are not on the managed heap either
        var distinct = Math.Min(Dimension, 8); // wide vectors repeat themselves: their width costs little
        for (var row = 0; row < batch.Count; row++)
        {
            var target = values.AsSpan(row * Dimension, Dimension);
            start.CopyTo(target);
            for (var t = 0; t < batch.Length && mask[(row * batch.Length) + t] == 1; t++)
            {
                var state = (ulong)ids[(row * batch.Length) + t];
                for (var j = 0; j < distinct; j++)
                {
                    state = (state * 6364136223846793005) + 1442695040888963407;
                    target[j] += ((int)(state >> 33) / (float)(1 << 30)) - 1;
                }
            }

            for (var j = 0; j < Dimension; j++)
                target[j] = Corrupt(target[j % distinct]);
        }

        return tensor(values, [batch.Count, Dimension]);
    }

    private sealed class Mean(Tensor value) : PreparedContext
    {
        public Tensor Value { get; } = value;

        public override int PositionsPerText => 3;

        protected override void Dispose(bool disposing) => Value.Dispose();
    }
}
