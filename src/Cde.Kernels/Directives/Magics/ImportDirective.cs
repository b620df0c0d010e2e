using Cde.Kernels.Cells;
using Cde.Kernels.Notebooks;
using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary><c>#!import FILE</c>: runs the cells of a notebook, or a source file, as if they stood here.</summary>
public sealed class ImportDirective : IDirective
{
    private const int MaxDepth = 32;

    /// <inheritdoc/>
    public string Name => "import";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Running;

    /// <inheritdoc/>
    public string Summary => "Run the cells of a notebook or source file here";

    /// <inheritdoc/>
    public string Description =>
        $"Takes {string.Join(", ", NotebookFile.Extensions)}. Cells run in order, each in its language; the first that fails ends the import. A relative path "
        + "counts from the notebook's folder, in an imported file from that file's.";

    /// <inheritdoc/>
    public IReadOnlyList<DirectiveParameter> Parameters =>
        [new("file", "The notebook or source file") { ValueName = "FILE", IsPositional = true, IsRequired = true, IsPath = true }];

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["#!import setup.ipynb", "#!import \"../shared/functions.csx\""];

    /// <inheritdoc/>
    public async Task RunAsync(DirectiveContext context)
    {
        var running = context.Cell.Request.ImportedFrom;
        var word = context.Arguments.Find("file")!.Word;
        var path = Path.GetFullPath(context.Text("file")!, running.Count > 0 ? Path.GetDirectoryName(running[^1])! : context.Host.Folder);
        if (running.Contains(path, OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase))
        {
            var chain = string.Join(" → ", running.Append(path).Select(Path.GetFileName));
            throw context.Error(word, $"#!import: {path} is being imported already ({chain}); take one of the imports out");
        }

        if (running.Count == MaxDepth)
            throw context.Error(word, $"#!import: {MaxDepth} files import one another; take one of the imports out");
        var notebook = Read(context, word, path);
        for (var number = 1; number <= notebook.Cells.Count; number++)
        {
            var cell = notebook.Cells[number - 1];
            if (cell.Kind == CellKind.Raw)
                continue;
            var name = notebook.Cells.Count > 1 ? $"{Path.GetFileName(path)}, cell {number}" : Path.GetFileName(path);
            var request = context.Cell.Request with
            {
                Code = cell.Source,
                Language = notebook.LanguageOf(cell),
                Name = name,
                ImportedFrom = [.. running, path],
            };
            try
            {
                await context.Host.RunAsync(request, context.Cell);
            }
            catch (CellFailedException failed)
            {
                throw Within(context, word, name, failed);
            }
        }
    }

    private static NotebookDocument Read(DirectiveContext context, DirectiveWord word, string path)
    {
        try
        {
            return NotebookFile.Read(path);
        }
        catch (CdeException refused)
        {
            throw context.Error(word, $"#!import: {refused.Message}", refused);
        }
    }

    /// <summary>The failure of an imported cell as a failure of this line, with where it happened inside.</summary>
    private static CellFailedException Within(DirectiveContext context, DirectiveWord word, string name, CellFailedException failed)
    {
        var inside = failed.Error;
        var place = inside.Line > 0 ? $"{name}, line {inside.Line}" : name;
        var here = context.Error(word, $"{place}: {inside.Message}").Error;
        IReadOnlyList<string> traceback = [.. here.Traceback, .. inside.Traceback];
        return new CellFailedException(here with { Name = inside.Name, Traceback = traceback }, failed.InnerException ?? failed);
    }
}
