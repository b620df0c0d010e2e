using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Embedding;

/// <summary>Matrices of made-up numbers.</summary>
internal static class TestMatrices
{
    public static EmbeddingProvenance Provenance { get; } = new()
    {
        ModelName = "made-up",
        ModelHash = "model",
        CorpusName = "numbers",
        CorpusHash = "corpus",
        Prompt = "document",
        PromptText = "",
        Precision = "float32",
        ComputePath = "cpu/none",
        MaxTokens = 512,
    };

    public static EmbeddingMatrix Of(int dimension, params (string Id, float[] Row)[] rows) =>
        EmbeddingMatrix.FromRows([.. rows.Select(row => row.Id)], [.. rows.SelectMany(row => row.Row)], dimension, Provenance);

    /// <summary>Numbers between -1 and 1; ids are the row numbers with <paramref name="prefix"/> in front.</summary>
    public static EmbeddingMatrix Random(int count, int dimension, long seed, string prefix = "d")
    {
        var random = new SeededRandom(seed);
        var values = new float[count * dimension];
        for (var i = 0; i < values.Length; i++)
            values[i] = (random.Below(2_000_001) / 1e6f) - 1;
        return EmbeddingMatrix.FromRows([.. Enumerable.Range(0, count).Select(row => $"{prefix}{row}")], values, dimension, Provenance);
    }
}
