namespace Cde.Workbench.Corpora;

/// <summary>Documents without queries.</summary>
internal sealed class CorpusContent(Func<Corpus> open) : DatasetContent
{
    private readonly Lazy<Corpus> _corpus = new(open);

    public override string Hash => _corpus.Value.Hash;

    public override Corpus Corpus(string? domain) => _corpus.Value;

    protected override void Dispose(bool disposing)
    {
        if (_corpus.IsValueCreated)
            _corpus.Value.Dispose();
    }
}
