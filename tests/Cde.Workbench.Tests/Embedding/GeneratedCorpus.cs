using System.Globalization;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Embedding;

/// <summary>Documents that are made when they are read: a corpus of any size in no memory.</summary>
internal sealed class GeneratedCorpus(int count) : Corpus("generated")
{
    public override string Hash => $"generated {Count}";

    public override int Count => count;

    public override Document this[int index] => new(GetId(index), Text(index));

    public override string GetId(int index) => index.ToString("D8", CultureInfo.InvariantCulture);

    public override int IndexOf(string id) => int.TryParse(id, CultureInfo.InvariantCulture, out var index) && index < count ? index : -1;

    /// <summary>4 to 11 words, some 60 characters.</summary>
    public static string Text(int index)
    {
        var random = new SeededRandom(index);
        return string.Join(' ', Enumerable.Range(0, 4 + random.Below(8)).Select(_ => $"word{random.Below(10_000)}"));
    }
}
