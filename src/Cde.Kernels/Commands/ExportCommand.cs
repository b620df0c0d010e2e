using System.Diagnostics;
using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.VectorTables;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Embedding.Exports;

namespace Cde.Kernels.Commands;

/// <summary>Writes the vectors of a corpus where other programs search in them.</summary>
public sealed class ExportCommand : Command<ExportOptions, ExportResult>
{
    /// <inheritdoc/>
    public override string Name => "export";

    /// <inheritdoc/>
    public override string Summary => "Write the vectors of a corpus for other programs: CSV, projector, FAISS, PostgreSQL";

    /// <inheritdoc/>
    public override string Description =>
        "Embeds the corpus as search does (cached), or takes a matrix that embed --out wrote, and writes ids, texts and vectors. search --in finds in what was written. "
        + "A folder is replaced whole; a table is written beside the old one and then takes its place, and a run that was stopped goes on. A password that the address lacks is taken from PGPASSWORD or ~/.pgpass.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "export projector --to json-projector --corpus dotnet-api/System.Text.Json",
        "export faiss --to json-faiss --corpus dotnet-api/System.Text.Json",
        "export postgresql --to postgresql://me@localhost/docs --table json --corpus dotnet-api/System.Text.Json",
    ];

    /// <inheritdoc/>
    public override async Task<ExportResult> RunAsync(ExportOptions options, Session session, CancellationToken cancellation)
    {
        var isTable = options.Format == ExportOptions.PostgreSql;
        if (isTable != VectorServer.IsAddress(options.To))
            throw new UsageException(isTable ? "export postgresql: --to is a connection, postgresql://user@host/database or Host=...;Database=..." : $"export {options.Format}: --to is a folder");
        var corpus = session.Corpus(options.Corpus);
        var name = isTable ? options.Table is { } given ? VectorTableName.Parse(given) : VectorTableName.Of(corpus.Name) : null;
        await using var server = isTable ? await VectorServer.OpenAsync(options.To, cancellation).ConfigureAwait(false) : null; // before the work of embedding
        using var matrix = await VectorsAsync(options, session, corpus, cancellation).ConfigureAwait(false);
        var started = Stopwatch.GetTimestamp();
        var documents = await Task.Run(() => DocumentVectors.Join(matrix, corpus, cancellation), cancellation).ConfigureAwait(false);
        var resumed = 0;
        if (server is not null)
            resumed = await new VectorTableWriter(server, name!).WriteAsync(documents, session.Progress, cancellation).ConfigureAwait(false);
        else
            await Task.Run(() => VectorFolder.Write(VectorFolder.Format(options.Format), options.To, documents, session.Progress, cancellation), cancellation).ConfigureAwait(false);
        var made = matrix.Provenance;
        return new ExportResult(
            options.Format, server?.Title ?? options.To, name is null ? null : name.Schema.Length > 0 ? $"{name.Schema}.{name.Table}" : name.Table, matrix.Count, matrix.Dimension,
            server is null ? VectorFolder.Format(options.Format).Files : [], resumed, server?.HasPgvector, Stopwatch.GetElapsedTime(started).TotalSeconds)
        {
            Provenance = ComputeFacts.Add(new Provenance
            {
                Seed = options.Seed,
                Model = made.ModelName,
                ModelHash = made.ModelHash,
                ContextHash = made.ContextHash,
                Corpus = corpus.Name,
                CorpusHash = corpus.Hash,
                Device = options.Device,
                Precision = made.Precision,
            }),
        };
    }

    private static async Task<EmbeddingMatrix> VectorsAsync(ExportOptions options, Session session, Corpus corpus, CancellationToken cancellation)
    {
        if (options.Vectors is { } file)
            return EmbeddingMatrix.Open(file);
        var model = session.Model(options);
        var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        return await embedder.EmbedAsync(corpus, new EmbedOptions { Cache = EmbeddingCache.Default }, session.Progress, cancellation).ConfigureAwait(false);
    }
}

/// <summary>What <c>export</c> takes.</summary>
public sealed record ExportOptions : ContextOptions
{
    /// <summary>The name of the one form that is no folder.</summary>
    internal const string PostgreSql = "postgresql";

    /// <summary>The form.</summary>
    [Argument(0, "What to write: a CSV file, the embedding projector's files, a FAISS index (inner product, or L2), a PostgreSQL table", Required = true, Choices = ["csv", "projector", "faiss", "faiss-l2", PostgreSql])]
    public string Format { get; init; } = "";

    /// <summary>Where to.</summary>
    [Option("Folder to write, or for postgresql the connection: postgresql://user@host/database", ValueName = "WHERE", Required = true, Completes = Completes.Files)]
    public string To { get; init; } = "";

    /// <summary>The table.</summary>
    [Option("Table to write, for postgresql; made from the corpus' name where left out", ValueName = "NAME")]
    public string? Table { get; init; }

    /// <summary>Vectors that are there already.</summary>
    [Option("Export this matrix, which embed --out wrote, and embed nothing; the corpus gives the texts", ValueName = "FILE", Completes = Completes.Files)]
    public string? Vectors { get; init; }
}

/// <summary>What was exported.</summary>
/// <param name="Format">The form.</param>
/// <param name="Destination">The folder, or the server without its password.</param>
/// <param name="Table">The table; null for a folder.</param>
/// <param name="Count">Vectors.</param>
/// <param name="Dimension">Their width.</param>
/// <param name="Files">The files in the folder; none for a table.</param>
/// <param name="Resumed">Rows that an earlier run had written already.</param>
/// <param name="HasPgvector">Whether the database has pgvector; null for a folder.</param>
/// <param name="Seconds">Time that writing took.</param>
public sealed record ExportResult(
    string Format, string Destination, string? Table, int Count, int Dimension, IReadOnlyList<string> Files, int Resumed, bool? HasPgvector, double Seconds) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe()
    {
        var where = Table is null ? $"{Destination} ({string.Join(", ", Files)})" : $"table {Table} of {Destination}";
        var blocks = new List<Block> { new Paragraph(string.Create(CultureInfo.InvariantCulture, $"{Shown.Count(Count)} vectors of width {Dimension} written to {where} ({Seconds:0.0} s)")) };
        if (Resumed > 0)
            blocks.Add(new Paragraph($"{Shown.Count(Resumed)} of the rows were there from an earlier run"));
        blocks.Add(new Paragraph(Table is null
            ? $"search in it: {ProgramName.Typed} search \"...\" --in {Destination}"
            : $"search in it: {ProgramName.Typed} search \"...\" --in postgresql://... --table {Table}{(HasPgvector == true ? ", with pgvector" : "")}"));
        return new View(blocks);
    }
}
