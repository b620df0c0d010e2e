using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Commands;

/// <summary>Opens a dataset and shows what is in it.</summary>
public sealed class DatasetsInfoCommand : Command<DatasetsInfoOptions, DatasetInfoResult>
{
    /// <inheritdoc/>
    public override string Name => "datasets info";

    /// <inheritdoc/>
    public override string Summary => "Open a dataset and show what is in it";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["datasets info dotnet-api", "datasets info dotnet-api/System.Text.Json"];

    /// <inheritdoc/>
    public override Task<DatasetInfoResult> RunAsync(DatasetsInfoOptions options, Session session, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var dataset = session.Dataset(options.Corpus);
            var corpus = dataset.Corpus();
            var task = TaskOf(dataset);
            return new DatasetInfoResult(
                dataset.Name,
                dataset.Card.What,
                dataset.Card.Licence,
                dataset.Card.Source,
                dataset.Hash,
                corpus.Count,
                task?.Queries.Count ?? 0,
                task?.Qrels.Count ?? 0,
                [.. dataset.Domains.Where(domain => domain.Length > 0).Select(domain => new DatasetDomain(domain, dataset.HeldOutDomains.Contains(domain)))],
                [.. corpus.Take(options.Show).Select(document => new ShownDocument(document.Id, document.FullText))],
                [.. (task?.Queries ?? []).Take(options.Show).Select(query => query.Text)])
            {
                Provenance = new Provenance { Corpus = dataset.Name, CorpusHash = corpus.Hash },
            };
        },
        cancellation);

    private static RetrievalTask? TaskOf(Dataset dataset)
    {
        try
        {
            return dataset.Task();
        }
        catch (CdeException) when (dataset.Card.Form is DatasetForm.Jsonl or DatasetForm.Csv)
        {
            return null; // documents alone
        }
    }
}

/// <summary>What <c>datasets info</c> takes.</summary>
public sealed record DatasetsInfoOptions : CommandOptions
{
    /// <summary>Which dataset.</summary>
    [Argument(0, "A name (see datasets list), a BEIR folder, or a JSONL, CSV or TSV file", Completes = Completes.Corpora)]
    public string Corpus { get; init; } = DotNetApi.Name;

    /// <summary>How many documents and queries are shown.</summary>
    [Option("Documents and queries to show", Min = 0, Max = 1000)]
    public int Show { get; init; } = 3;
}

/// <summary>A dataset.</summary>
/// <param name="Name">Its name.</param>
/// <param name="What">What its documents and queries are.</param>
/// <param name="Licence">Under which licence it may be used.</param>
/// <param name="Source">Who made it.</param>
/// <param name="Hash">The hash of its content.</param>
/// <param name="DocumentCount">Documents.</param>
/// <param name="QueryCount">Queries; 0 where it has documents alone.</param>
/// <param name="JudgementCount">Judgements.</param>
/// <param name="Domains">Its parts; none where it has no parts.</param>
/// <param name="Documents">The first documents.</param>
/// <param name="Queries">The first queries.</param>
public sealed record DatasetInfoResult(
    string Name, string What, string Licence, string Source, string Hash, int DocumentCount, int QueryCount, int JudgementCount,
    IReadOnlyList<DatasetDomain> Domains, IReadOnlyList<ShownDocument> Documents, IReadOnlyList<string> Queries) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(
    [
        new Table(
            ["", "dataset"],
            [
                ["name", Name],
                ["what", What],
                ["source", Source],
                ["licence", Licence],
                ["hash", Hash],
                ["documents", Shown.Count(DocumentCount)],
                ["queries", QueryCount == 0 ? "none" : $"{Shown.Count(QueryCount)}, {Shown.Count(JudgementCount)} judgements"],
                ["domains", Domains.Count == 0 ? "none" : $"{Domains.Count}, held out: {string.Join(", ", Domains.Where(domain => domain.IsHeldOut).Select(domain => domain.Name))}"],
            ]),
        .. Documents.Count == 0 ? (Block[])[] : [new Table(["id", "text"], [.. Documents.Select(document => (string[])[Shown.Shorten(document.Id, 60), Shown.Shorten(document.Text, 90)])]) { Title = "First documents" }],
        .. Queries.Count == 0 ? (Block[])[] : [new Table(["query"], [.. Queries.Select(query => (string[])[Shown.Shorten(query, 120)])]) { Title = "First queries" }],
    ]);
}

/// <summary>A part of a dataset.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsHeldOut">No training may touch it.</param>
public sealed record DatasetDomain(string Name, bool IsHeldOut);
