using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Workbench;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// Reads .dib files: an optional <c>#!meta</c> block with JSON, then cells, each behind a line <c>#!name</c> that names its language.
/// </summary>
/// <remarks>
/// A line <c>#!x</c> begins a cell only where <c>x</c> alone is a language that notebooks use or that <c>kernelInfo</c> names; any other
/// belongs to its cell (a magic). Empty lines at a cell's ends are layout.
/// </remarks>
public static class DibReader
{
    private const string Meta = "#!meta";

    /// <summary>Reads a notebook.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="CdeException">The <c>#!meta</c> block is not a JSON object.</exception>
    public static NotebookDocument Read(string text, string name)
    {
        var lines = text.TrimStart('\ufeff').Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var start = lines.FindIndex(line => line.Length > 0);
        var first = start >= 0 && lines[start].TrimEnd() == Meta ? start + 1 : Math.Max(start, 0);
        var end = first;
        if (first > start && start >= 0)
        {
            end = lines.FindIndex(first, line => line.StartsWith("#!", StringComparison.Ordinal));
            end = end < 0 ? lines.Count : end;
        }

        var metadata = end > first ? ReadMeta(string.Join('\n', lines[first..end]), name, first) : null;
        var notebook = new NotebookDocument();
        if (metadata is not null)
            notebook.Root["metadata"] = metadata;
        Cut(notebook, lines[end..]);
        return notebook;
    }

    private static JsonObject ReadMeta(string json, string name, int linesBefore)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = IpynbReader.MaxDepth, AllowDuplicateProperties = false };
            return JsonNode.Parse(json, documentOptions: options) as JsonObject
                ?? throw new CdeException($"{name} line {linesBefore + 1}: the {Meta} block is not a JSON object");
        }
        catch (JsonException fault)
        {
            throw new CdeException($"{name} line {linesBefore + fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: the {Meta} block is not JSON", fault);
        }
    }

    private static void Cut(NotebookDocument notebook, List<string> lines)
    {
        string? language = null;
        var text = new List<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith("#!", StringComparison.Ordinal) && notebook.FindLanguage(line[2..].TrimEnd()) is { } next)
            {
                End();
                language = next;
            }
            else
            {
                text.Add(line);
            }
        }

        End();

        void End()
        {
            var from = text.FindIndex(line => line.Length > 0);
            var to = text.FindLastIndex(line => line.Length > 0) + 1;
            if (language is not null || from >= 0)
                notebook.Cells.Add(Cell(language ?? notebook.DefaultLanguage, from < 0 ? "" : string.Join('\n', text[from..to])));
            text.Clear();
        }
    }

    private static NotebookCell Cell(string language, string source) => language switch
    {
        NotebookLanguages.Markdown => new NotebookCell(CellKind.Markdown, source),
        NotebookLanguages.Raw => new NotebookCell(CellKind.Raw, source),
        _ => new NotebookCell(CellKind.Code, source, language),
    };
}
