using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Embedding;

/// <summary>
/// A minicorpus as a contextual model's first stage sees it: the vectors that condition every embedding made with it, and all that says
/// where they come from. It is part of the identity of an index: vectors made with different contexts do not compare.
/// </summary>
public sealed class CorpusContext
{
    private readonly float[] _vectors;

    internal CorpusContext(ContextOrigin origin, IReadOnlyList<string> documentIds, float[] vectors, int dimension, ContextStatistics? statistics = null)
    {
        var expected = (long)documentIds.Count * origin.TokensPerDocument * dimension;
        if (vectors.LongLength != expected)
            throw new ArgumentException($"{expected} numbers expected, {vectors.LongLength} found", nameof(vectors));
        (Origin, DocumentIds, _vectors, Dimension, Statistics) = (origin, documentIds, vectors, dimension, statistics);
        Hash = ComputeHash();
    }

    /// <summary>The ids of the C documents, in the order of their vectors. A small corpus' documents occur more than once.</summary>
    public IReadOnlyList<string> DocumentIds { get; }

    /// <summary>C: how many documents the context holds; 0 for the null context.</summary>
    public int Size => DocumentIds.Count;

    /// <summary>The name of the sampler that chose them; "null" for the null context.</summary>
    public string Sampler => Origin.Sampler;

    /// <summary>The sampler's seed.</summary>
    public long Seed => Origin.Seed;

    /// <summary>The model's name.</summary>
    public string ModelName => Origin.ModelName;

    /// <summary>The content hash of the model whose first stage made the vectors.</summary>
    public string ModelHash => Origin.ModelHash;

    /// <summary>The name of the corpus sampled from.</summary>
    public string CorpusName => Origin.CorpusName;

    /// <summary>The content hash of the corpus sampled from.</summary>
    public string CorpusHash => Origin.CorpusHash;

    /// <summary>t: how many vectors a document has.</summary>
    public int TokensPerDocument => Origin.TokensPerDocument;

    /// <summary>The width of the vectors; 0 for the null context.</summary>
    public int Dimension { get; }

    /// <summary>The first stage's vectors, (C*t, width) row by row, not normalised. Empty for the null context.</summary>
    public ReadOnlyMemory<float> Vectors => _vectors;

    /// <summary>In how many of the documents each vocabulary id occurs; null for a model that does not ask for it, and for the null context.</summary>
    public ContextStatistics? Statistics { get; }

    /// <summary>What making it took; null where it was opened and not made.</summary>
    public ContextWork? Work { get; internal init; }

    /// <summary>Whether this is the null context: the model's learned substitute stands in every slot.</summary>
    public bool IsNull => Size == 0;

    /// <summary>The content hash of everything above. It names the context in matrices, caches and reports.</summary>
    public string Hash { get; }

    /// <summary>The origin of the vectors, for saving.</summary>
    internal ContextOrigin Origin { get; }

    /// <summary>The null context of a model: what it embeds with where nothing is known of the corpus.</summary>
    public static CorpusContext Null(IEncoder encoder) => new(
        new ContextOrigin("null", 0, encoder.Name, encoder.Hash, "", "", "", encoder.TokensPerDocument), [], [], 0);

    /// <summary>Reads a context that <see cref="Save"/> wrote.</summary>
    /// <exception cref="CdeException">A file is missing, damaged, or says another hash than its content has.</exception>
    public static CorpusContext Load(string folder) => CorpusContextFolder.Load(folder);

    /// <summary>Writes the context as a folder: <c>context.safetensors</c> with the vectors, <c>context.json</c> with the rest. Atomic.</summary>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public void Save(string folder) => CorpusContextFolder.Save(this, folder);

    /// <summary>This context without one of its documents; the next others take its places (<see cref="SlotsWithout"/>), with the vectors they have.</summary>
    /// <exception cref="InvalidOperationException">The context has statistics, which cannot be told apart by document.</exception>
    internal CorpusContext Without(string documentId)
    {
        if (Statistics is not null)
            throw new InvalidOperationException("statistics of a context are not kept by document: build it again from the others");
        var width = TokensPerDocument * Dimension;
        var slots = SlotsWithout(documentId);
        var vectors = new float[slots.Length * width];
        for (var slot = 0; slot < slots.Length; slot++)
            _vectors.AsSpan(slots[slot] * width, width).CopyTo(vectors.AsSpan(slot * width));
        return new CorpusContext(Origin, [.. slots.Select(slot => DocumentIds[slot])], vectors, Dimension);
    }

    /// <summary>
    /// For each place, where the document stands that is in it once one is left out: in a place of that document, the next other's. So the size stays, and what changes
    /// is what the document says, not how many there are.
    /// </summary>
    internal int[] SlotsWithout(string documentId)
    {
        return [.. Enumerable.Range(0, Size).Select(Next)];

        int Next(int slot)
        {
            while (DocumentIds[slot] == documentId)
                slot = (slot + 1) % Size;
            return slot;
        }
    }

    /// <summary>Refuses a model that did not make this context.</summary>
    /// <exception cref="CdeException">It was made by another.</exception>
    public void RequireModel(IEncoder encoder)
    {
        if (ModelHash == encoder.Hash)
            return;
        throw new CdeException(
            $"the context of {(IsNull ? "no corpus" : CorpusName)} was made by {ModelName} ({ContentHash.Short(ModelHash)}), the model is {encoder.Name} "
            + $"({ContentHash.Short(encoder.Hash)}); a context fits the model that made it alone, build it again with this model");
    }

    /// <summary>The vectors as a tensor of the caller's; null for the null context and where statistics are all there is.</summary>
    internal Tensor? ToTensor(Device device) =>
        _vectors.Length == 0 ? null : tensor(_vectors, [(long)Size * TokensPerDocument, Dimension], device: device);

    private string ComputeHash()
    {
        using var hash = ContentHash.Build();
        hash.Add("cde-context-1").Add(Sampler).Add(Seed).Add(ModelHash).Add(CorpusHash).Add(Origin.PromptText)
            .Add(TokensPerDocument).Add(Dimension).Add(Size);
        foreach (var id in DocumentIds)
            hash.Add(id);
        hash.Add(_vectors.AsSpan());
        if (Statistics is not null)
        {
            hash.Add("statistics").Add(Statistics.Documents).Add(Statistics.DocumentCounts.Length);
            foreach (var count in Statistics.DocumentCounts.Span)
                hash.Add(count);
        }

        return hash.ToHash();
    }
}
