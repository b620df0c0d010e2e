using System.Numerics.Tensors;
using Cde.Workbench.Models;

namespace Cde.Workbench.Embedding;

/// <summary>
/// Vectors by key in one entry of an <see cref="EmbeddingCache"/>, to which every run adds: a matrix whose ids are the keys. An entry keeps
/// <see cref="MaxBytes"/>; above that the oldest go.
/// </summary>
/// <param name="cache">Where the entry lies.</param>
/// <param name="provenance">What the vectors were made of; it names the entry.</param>
/// <param name="maxBytes">The most bytes of vectors.</param>
internal sealed class KeptVectors(EmbeddingCache cache, EmbeddingProvenance provenance, long maxBytes = KeptVectors.MaxBytes)
{
    /// <summary>The most bytes of vectors that an entry keeps: 20,000 documents at width 768.</summary>
    public const long MaxBytes = 64L << 20;

    private readonly string entry = cache.EntryFolder(provenance);

    /// <summary>What the pooled vectors of an encoder's first stage are made of, whatever the documents.</summary>
    public static EmbeddingProvenance Describe(IEncoder encoder) => new()
    {
        ModelName = encoder.Name,
        ModelHash = encoder.Hash,
        CorpusName = "documents by their tokens",
        CorpusHash = "cde-first-stage-1",
        Prompt = "",
        PromptText = "",
        Precision = encoder.PrecisionName,
        ComputePath = EncoderEmbedder.PathOf(encoder),
        MaxTokens = 0,
        IsNormalized = false,
    };

    /// <summary>The vectors of those keys that are there. A damaged entry is as good as none.</summary>
    public Dictionary<string, float[]> Read(IReadOnlySet<string> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, float[]>(StringComparer.Ordinal);
        if (!Directory.Exists(entry))
            return found;
        return Exclusively(cancellationToken, () =>
        {
            using var matrix = cache.TryOpen(provenance);
            for (var row = 0; row < (matrix?.Count ?? 0); row++)
            {
                if (matrix!.Ids[row] is var key && wanted.Contains(key))
                    found[key] = matrix[row].ToArray();
            }

            return found;
        });
    }

    /// <summary>Adds vectors, all of one width. Those that another run added meanwhile stay; those that are not finite are left out.</summary>
    /// <exception cref="CdeException">The entry cannot be written.</exception>
    public void Add(IReadOnlyList<(string Key, float[] Vector)> vectors)
    {
        var sound = vectors.Where(vector => TensorPrimitives.IsFiniteAll<float>(vector.Vector)).ToList();
        if (sound.Count == 0)
            return;
        Directory.CreateDirectory(entry);
        Exclusively(CancellationToken.None, () =>
        {
            Merge(sound);
            return 0;
        });
    }

    private void Merge(List<(string Key, float[] Vector)> added)
    {
        var width = added[0].Vector.Length;
        var rows = new List<(string Key, float[] Vector)>();
        using (var matrix = cache.TryOpen(provenance))
        {
            for (var row = 0; row < (matrix?.Count ?? 0) && matrix!.Dimension == width; row++)
                rows.Add((matrix.Ids[row], matrix[row].ToArray()));
        }

        var there = rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        rows.AddRange(added.Where(row => there.Add(row.Key)));
        if (rows.Count - (int)Math.Max(1, maxBytes / (width * sizeof(float))) is var excess and > 0)
            rows.RemoveRange(0, excess);
        var values = new float[rows.Count * width];
        for (var row = 0; row < rows.Count; row++)
            rows[row].Vector.CopyTo(values, row * width);
        using var merged = EmbeddingMatrix.FromRows([.. rows.Select(row => row.Key)], values, width, provenance);
        EmbeddingCache.Replace(entry, merged);
    }

    private T Exclusively<T>(CancellationToken cancellationToken, Func<T> work)
    {
        try
        {
            using var exclusive = EmbeddingCache.Lock(entry, () => { }, cancellationToken);
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw EmbeddingCache.Unwritable(entry, failure);
        }
    }
}
