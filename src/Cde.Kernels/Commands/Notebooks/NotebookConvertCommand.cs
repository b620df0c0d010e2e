using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Notebooks;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>Writes a notebook in another format.</summary>
public sealed class NotebookConvertCommand : Command<NotebookConvertOptions, NotebookConvertResult>
{
    /// <inheritdoc/>
    public override string Name => "notebook convert";

    /// <inheritdoc/>
    public override string Summary => "Convert a notebook between .ipynb and .dib, or to a page";

    /// <inheritdoc/>
    public override string Description =>
        "Reads .ipynb (nbformat 4.0 to 4.5), .dib, or a source file as one cell; writes what the extension of --out says: .ipynb (nbformat 4.5), .dib, or .html, "
        + "one page that needs nothing beside itself. Cells, languages and metadata stay; .dib has no place for outputs and cell metadata, and the result says what was lost.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["notebook convert old.dib --out new.ipynb", "notebook convert report.ipynb --out report.html"];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override Task<NotebookConvertResult> RunAsync(NotebookConvertOptions options, Session session, CancellationToken cancellation)
    {
        var path = options.Out ?? throw new UsageException("notebook convert: --out is missing: the file to write (.ipynb, .dib or .html)");
        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is not (".ipynb" or ".dib" or ".html" or ".htm"))
            throw new UsageException($"--out {path}: a notebook is written as .ipynb, .dib or .html");
        var notebook = NotebookFile.Read(options.File);
        var lost = kind == ".dib" ? NotebookConversion.LostInDib(notebook) : [];
        switch (kind)
        {
            case ".ipynb":
                NotebookFile.Write(NotebookConversion.ForJupyter(notebook, options.File), path);
                break;
            case ".dib":
                NotebookFile.Write(notebook, path);
                break;
            default:
                AtomicFile.WriteAllText(path, NotebookPage.Write(notebook, Path.GetFileName(options.File), Path.GetDirectoryName(Path.GetFullPath(options.File))));
                break;
        }

        return Task.FromResult(new NotebookConvertResult(options.File, path, notebook.Cells.Count, lost));
    }
}

/// <summary>What <c>notebook convert</c> takes.</summary>
public sealed record NotebookConvertOptions : CommandOptions
{
    /// <summary>The notebook.</summary>
    [Argument(0, "The notebook (.ipynb or .dib), or a source file", ValueName = "FILE", Required = true, Completes = Completes.Files)]
    public string File { get; init; } = "";
}

/// <summary>What was converted.</summary>
/// <param name="From">The file that was read.</param>
/// <param name="To">The file that was written.</param>
/// <param name="Cells">How many cells it has.</param>
/// <param name="Lost">What the new format has no place for, one line each.</param>
public sealed record NotebookConvertResult(string From, string To, int Cells, IReadOnlyList<string> Lost) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new([
        new Paragraph($"{Shown.Count(Cells)} {(Cells == 1 ? "cell" : "cells")} written to {To}"),
        .. Lost.Select(line => new Paragraph($"not in the new file: {line}")),
    ]);
}
