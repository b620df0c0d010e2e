using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cde.Kernels.Cells;
using Cde.Kernels.Notebooks;

namespace Cde.Kernels.Tests.Docs;

/// <summary>A page of the manual as a notebook: its C# blocks are cells, and a text block behind one is what the cell shows.</summary>
/// <param name="Cells">The cells with the lines that must stand in their output; none where the page shows none.</param>
internal sealed partial record NotebookPage(IReadOnlyList<(string Code, IReadOnlyList<string> Shown)> Cells)
{
    /// <summary>Reads a page.</summary>
    public static NotebookPage Read(string path) => new([.. Blocks().Matches(File.ReadAllText(path)).Select(block => (
        block.Groups["code"].Value,
        (IReadOnlyList<string>)[.. block.Groups["shown"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())]))]);

    /// <summary>Runs the cells in a folder, one engine for all.</summary>
    /// <returns>What is wrong: a cell that failed, a line that a cell should have shown and did not.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(string folder, CancellationToken cancellation)
    {
        var notebook = new NotebookDocument();
        notebook.Cells.AddRange(Cells.Select(cell => new NotebookCell(CellKind.Code, cell.Code, "csharp")));
        var before = Environment.CurrentDirectory;
        await using var engine = NotebookEngine.Create(folder, TimeProvider.System);
        try
        {
            Environment.CurrentDirectory = folder;
            await new NotebookRunner(engine, new NotebookRunOptions { AllowErrors = true }, "page", TimeProvider.System).RunAsync(notebook, cancellation: cancellation);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        return [.. notebook.Cells.Zip(Cells).SelectMany((pair, number) => Faults(number + 1, Output(pair.First), pair.Second.Shown))];
    }

    private static IEnumerable<string> Faults(int number, string output, IReadOnlyList<string> shown)
    {
        if (output.Contains("\nerror: ", StringComparison.Ordinal))
            yield return $"cell {number}: {output.Trim()}";
        foreach (var line in shown.Where(line => !output.Contains(line, StringComparison.Ordinal)))
            yield return $"cell {number} does not show \"{line}\" but:\n{output.Trim()}";
    }

    private static string Output(NotebookCell cell)
    {
        var text = new StringBuilder("\n");
        foreach (var output in cell.Json["outputs"]!.AsArray())
        {
            text.Append(Text(output?["text"])).Append(Text(output?["data"]?["text/plain"])).Append('\n');
            if (output?["ename"] is { } name)
                text.Append($"error: {name}: {output["evalue"]}\n");
        }

        return text.ToString();
    }

    // A file has a text as a list of lines.
    private static string Text(JsonNode? node) =>
        node is JsonArray lines ? string.Concat(lines.Select(line => line?.ToString())) : node?.ToString() ?? "";

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```\n(?:```text\n(?<shown>.*?)^```$)?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
