using System.Globalization;
using System.Text.Json.Nodes;
using Cde.Kernels.Jupyter;

namespace Cde.Kernels.Notebooks;

/// <summary>What .ipynb and .dib have different places for.</summary>
public static class NotebookConversion
{
    /// <summary>
    /// The notebook as Jupyter front ends open it with this program's kernel. One that was read from .ipynb is that already. Of another, a
    /// copy gets kernelspec and <c>language_info</c> where they are missing, has <c>kernelInfo</c> in <c>polyglot_notebook</c>, and begins cells
    /// of another language than C# with their selector, since front ends send the text alone.
    /// </summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="file">The file it was read from.</param>
    public static NotebookDocument ForJupyter(NotebookDocument notebook, string file)
    {
        if (Path.GetExtension(file).Equals(".ipynb", StringComparison.OrdinalIgnoreCase))
            return notebook;
        var copy = IpynbReader.Read(IpynbWriter.Write(notebook), file);
        var metadata = copy.Metadata;
        var language = copy.DefaultLanguage;
        var info = metadata["kernelInfo"] as JsonObject;
        metadata.Remove("kernelInfo");
        if (!metadata.ContainsKey("kernelspec"))
            metadata.Place("kernelspec", new JsonObject { ["display_name"] = "C# (Cde)", ["language"] = "C#", ["name"] = KernelSpec.DefaultName });
        if (!metadata.ContainsKey("language_info"))
            metadata.Place("language_info", new JsonObject { ["file_extension"] = ".cs", ["mimetype"] = "text/x-csharp", ["name"] = "C#", ["pygments_lexer"] = "csharp" });
        metadata.Child("polyglot_notebook")["kernelInfo"] = info ?? KernelInfo(copy, language);
        foreach (var cell in copy.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            if (cell.Language is { } other && other != NotebookLanguages.Default && copy.SelectedLanguage(cell.Source) is null)
                cell.Source = $"#!{other}\n{cell.Source}";
        }

        return copy;
    }

    /// <summary>What of a notebook is lost in a .dib, one line each; empty where nothing is.</summary>
    public static IReadOnlyList<string> LostInDib(NotebookDocument notebook)
    {
        var lost = new List<string>();
        Count(notebook.Cells.Count(cell => cell.Kind == CellKind.Code && cell.Outputs.Count > 0), "outputs of {0}");
        Count(notebook.Cells.Count(cell => cell.Tags.Count > 0), "tags of {0}");
        Count(notebook.Cells.Count(cell => cell.Json["attachments"] is JsonObject { Count: > 0 }), "attachments of {0}");
        for (var place = 0; place < notebook.Cells.Count; place++)
        {
            var lines = WithoutSelector(notebook, notebook.Cells[place]).Split('\n');
            var at = Array.FindIndex(lines, line => notebook.SelectedLanguage(line) is not null);
            if (at >= 0)
                lost.Add(string.Create(CultureInfo.InvariantCulture, $"cell {place + 1} is cut in two at its line \"{lines[at].TrimEnd()}\", which begins a cell in a .dib"));
        }

        return lost;

        void Count(int cells, string what)
        {
            if (cells > 0)
                lost.Add(string.Format(CultureInfo.InvariantCulture, what, cells == 1 ? "1 cell" : $"{cells} cells"));
        }
    }

    /// <summary>A cell's text without the selector on its first line that only repeats the cell's language.</summary>
    internal static string WithoutSelector(NotebookDocument notebook, NotebookCell cell)
    {
        var source = cell.Source;
        if (cell.Kind != CellKind.Code || notebook.SelectedLanguage(source) is not { } selected || selected != notebook.LanguageOf(cell))
            return source;
        var end = source.IndexOf('\n');
        return end < 0 ? "" : source[(end + 1)..];
    }

    /// <summary>Polyglot notebooks' <c>kernelInfo</c>: the notebook's language and those of its cells.</summary>
    internal static JsonObject KernelInfo(NotebookDocument notebook, string? defaultLanguage = null)
    {
        var first = defaultLanguage ?? notebook.DefaultLanguage;
        var languages = notebook.Cells.Where(cell => cell.Kind == CellKind.Code).Select(notebook.LanguageOf).Prepend(first).Distinct(StringComparer.Ordinal);
        return new JsonObject
        {
            ["defaultKernelName"] = first,
            ["items"] = new JsonArray([.. languages.Select(KernelItem)]),
        };
    }

    /// <summary>One entry of <c>kernelInfo.items</c>.</summary>
    internal static JsonObject KernelItem(string language) => new() { ["aliases"] = new JsonArray(), ["name"] = language };
}
