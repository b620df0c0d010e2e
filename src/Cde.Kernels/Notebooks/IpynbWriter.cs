using System.Text.Json.Nodes;
using Cde.Workbench;

namespace Cde.Kernels.Notebooks;

/// <summary>Writes .ipynb files of nbformat 4.5, laid out as the file was that the notebook was read from (as Jupyter's where it is new).</summary>
public static class IpynbWriter
{
    private const int Minor = 5;

    /// <summary>Digits of a new cell's id, as Jupyter's have.</summary>
    private const int IdLength = 8;

    /// <summary>The notebook as a file's bytes. Cells without an id get one, made from their place and text; a later minor version stays.</summary>
    public static byte[] Write(NotebookDocument notebook)
    {
        Identify(notebook.Cells);
        var root = notebook.Root;
        root.Place("nbformat", 4);
        if (root["nbformat_minor"].Whole() is not >= Minor)
            root.Place("nbformat_minor", Minor);
        var cells = new JsonArray([.. notebook.Cells.Select(cell => cell.Json)]);
        root["cells"] = cells;
        try
        {
            return JsonText.Write(root, notebook.Layout);
        }
        finally
        {
            cells.Clear();
            root["cells"] = null;
        }
    }

    private static void Identify(List<NotebookCell> cells)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var place = 0; place < cells.Count; place++)
        {
            var cell = cells[place];
            cell.Json.Child("metadata");
            if (cell.Kind == CellKind.Code)
            {
                if (!cell.Json.ContainsKey("execution_count"))
                    cell.ExecutionCount = null;
                _ = cell.Outputs;
            }

            for (var attempt = 0; cell.Id is not { } id || !taken.Add(id); attempt++)
                cell.Id = NewId(cell, place, attempt);
        }
    }

    private static string NewId(NotebookCell cell, int place, int attempt)
    {
        using var hash = ContentHash.Build();
        return hash.Add(place).Add(attempt).Add(cell.Kind.ToString()).Add(cell.Source).ToHash()[..IdLength];
    }
}
