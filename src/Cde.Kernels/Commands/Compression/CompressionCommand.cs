using System.Globalization;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>Measures what smaller vectors cost.</summary>
public sealed class CompressionCommand : Command<CompressionCommandOptions, CompressionResult>
{
    /// <inheritdoc/>
    public override string Name => "compression";

    /// <inheritdoc/>
    public override string Summary => "Measure what fewer dimensions and fewer bits cost: quality against bytes";

    /// <inheritdoc/>
    public override string Description =>
        "Embeds a task once and searches it with vectors cut to fewer dimensions (Matryoshka) and stored as float32, int8, uint8 or single bits. What quantized vectors find is put in order again by the query in float32; "
        + "bits are measured without that too. Each form is tested against the full vectors query by query.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["compression --corpus dotnet-api/System.Text.Json", "compression --corpus dotnet-api/System.Linq.Expressions --dimensions 128,64,32 --figure bytes.svg"];

    /// <inheritdoc/>
    public override async Task<CompressionResult> RunAsync(CompressionCommandOptions options, Session session, CancellationToken cancellation)
    {
        var measure = Measure.Parse(options.Measure);
        var task = session.Task(options.Corpus);
        var model = session.Model(options);
        var context = await session.ContextAsync(options, model, task.Corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        using var documents = await embedder.EmbedAsync(task.Corpus, new EmbedOptions { Cache = EmbeddingCache.Default }, session.Progress, cancellation).ConfigureAwait(false);
        using var queries = await embedder.EmbedAsync(task.Queries, null, session.Progress, cancellation).ConfigureAwait(false);
        var study = new CompressionOptions
        {
            Dimensions = options.Dimensions.Length > 0 ? [.. options.Dimensions.Split(',').Select(Width)] : [.. Halves(documents.Dimension)],
            Multiplier = options.Multiplier,
            Seed = options.Seed,
        };
        var points = await Task.Run(() => CompressionStudy.Run(task, documents, queries, measure, study, session.Progress, cancellation), cancellation).ConfigureAwait(false);
        return new CompressionResult(task.Name, model.Name, measure.Name, task.Corpus.Count, points) { Provenance = Loading.Provenance(options, model, task.Corpus, context) };
    }

    private static int Width(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width >= 1
        ? width
        : throw new CdeException($"--dimensions: \"{text}\" is not a whole number from 1; write a list such as 256,128,64");

    /// <summary>Half the width, a quarter and so on, down to 16.</summary>
    private static IEnumerable<int> Halves(int width)
    {
        for (var half = width / 2; half >= 16; half /= 2)
            yield return half;
    }
}

/// <summary>What <c>compression</c> takes.</summary>
public sealed record CompressionCommandOptions : ContextOptions
{
    /// <summary>The widths.</summary>
    [Option("Widths to cut vectors to, as a list with commas (default: halves of the full width down to 16)", ValueName = "LIST")]
    public string Dimensions { get; init; } = "";

    /// <summary>The measure.</summary>
    [Option("What is measured", ValueName = "NAME")]
    public string Measure { get; init; } = "nDCG@10";

    /// <summary>How many documents are scored again.</summary>
    [Option("How many times the documents asked for are scored again in float32", Min = 1, Max = 1000)]
    public int Multiplier { get; init; } = new CompressionOptions().Multiplier;
}
