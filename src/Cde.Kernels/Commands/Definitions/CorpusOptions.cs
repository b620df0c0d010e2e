namespace Cde.Kernels.Commands;

/// <summary>What commands take that read a corpus.</summary>
public record CorpusOptions : CommandOptions
{
    /// <summary>The corpus: a name, or the path of a folder or file.</summary>
    [Option("Corpus: a name (see datasets list), or a BEIR folder, JSONL, CSV or TSV file", ValueName = "NAME", Completes = Completes.Corpora)]
    public string Corpus { get; init; } = "dotnet-api/System.Text.Json";

    /// <summary>The seed of everything drawn at random.</summary>
    [Option("Seed of everything that is drawn at random", Min = 0)]
    public long Seed { get; init; } = 1;
}
