using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>The figures of a result as files, for <c>--figure</c>.</summary>
internal static class FigureFiles
{
    private static readonly string[] Endings = [".plotly.html", ".html", ".svg", ".json", ".txt"];

    /// <summary>Writes the figures that a result shows: the first to the path, further ones beside it with numbers from 2.</summary>
    /// <param name="command">The command's name.</param>
    /// <param name="result">The result.</param>
    /// <param name="path">The file of the first figure; its ending says the form.</param>
    /// <param name="session">Where notes go.</param>
    /// <param name="cancellation">Asks to stop a download.</param>
    /// <exception cref="CdeException">The result shows no figure, or a file cannot be written.</exception>
    public static async Task WriteAsync(string command, CommandResult result, string path, Session session, CancellationToken cancellation)
    {
        var figures = result.Describe().Blocks.OfType<Drawing>().Select(drawing => drawing.Figure).ToList();
        if (figures.Count == 0)
            throw new CdeException($"cde {command} shows no figure here; --out writes what it shows");
        for (var number = 1; number <= figures.Count; number++)
        {
            var file = number == 1 ? path : Numbered(path, number);
            await figures[number - 1].SaveAsync(file, cancellation: cancellation);
            session.Display.Note($"figure \"{figures[number - 1].Title}\" written to {file}");
        }
    }

    /// <summary>Refuses a path whose ending says no form, before the command runs.</summary>
    /// <exception cref="UsageException">It is none of the forms.</exception>
    public static void Check(string path)
    {
        if (!Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            throw new UsageException($"--figure {path}: a figure is written as {string.Join(", ", Endings)}; end the name in one of these");
    }

    private static string Numbered(string path, int number)
    {
        var ending = Endings.First(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)).Length;
        return string.Create(CultureInfo.InvariantCulture, $"{path[..^ending]}-{number}{path[^ending..]}");
    }
}
