using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Commands;

/// <summary>Lists the datasets that can be opened by name.</summary>
public sealed class DatasetsListCommand : Command<CommandOptions, DatasetsListResult>
{
    /// <inheritdoc/>
    public override string Name => "datasets list";

    /// <inheritdoc/>
    public override string Summary => "List the datasets that commands take by name";

    /// <inheritdoc/>
    public override Task<DatasetsListResult> RunAsync(CommandOptions options, Session session, CancellationToken cancellation) =>
        Task.FromResult(new DatasetsListResult([.. DatasetCatalog.List().Select(card => new DatasetLine(card.Name, card.Title, card.What, card.Licence))]));
}

/// <summary>The datasets.</summary>
/// <param name="Datasets">One line each.</param>
public sealed record DatasetsListResult(IReadOnlyList<DatasetLine> Datasets) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(["name", "title", "licence"], [.. Datasets.Select(dataset => (string[])[dataset.Name, dataset.Title, dataset.Licence])]),
        new Paragraph("Commands also take the path of a BEIR folder, a JSONL, CSV or TSV file."));
}

/// <summary>A dataset.</summary>
/// <param name="Name">The name that <c>--corpus</c> takes.</param>
/// <param name="Title">What to call it in a heading.</param>
/// <param name="What">What its documents and queries are.</param>
/// <param name="Licence">Under which licence it may be used.</param>
public sealed record DatasetLine(string Name, string Title, string What, string Licence);
