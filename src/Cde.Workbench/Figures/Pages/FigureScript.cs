using System.Collections.Concurrent;

namespace Cde.Workbench.Figures;

/// <summary>The style and the scripts that figures carry into pages, from the files beside this one.</summary>
internal static class FigureScript
{
    private static readonly ConcurrentDictionary<string, string> Files = new();

    /// <summary>A script of its own scope that starts every figure on the page which is not started yet.</summary>
    /// <param name="parts">The files that the figure needs beside the common ones, in order.</param>
    public static string Of(IReadOnlyList<string> parts) =>
        $"(()=>{{\n\"use strict\";\n{string.Concat(parts.Prepend("figure").Append("start").Select(part => Read($"{part}.js")))}}})();";

    /// <summary>The style, bound to the figures' class; the same in every figure.</summary>
    public static string Style { get; } = Read("figure.css") + Colours();

    // Classes of series have their twins on dark pages; where a browser does not know light-dark, the drawing's own colours stay.
    private static string Colours() => string.Concat(Enumerable.Range(-1, Palette.Count + 1)
        .Select(series => $".cde-fig .{(series < 0 ? "noise" : $"c{series}")}{{color:light-dark({Palette.Colour(series)},{Palette.ColourOnDark(series)})}}\n"));

    // Comments and indentation are for those who read the file.
    private static string Read(string name) => Files.GetOrAdd(name, static file =>
    {
        using var stream = typeof(FigureScript).Assembly.GetManifestResourceStream("Figures/" + file) ?? throw new InvalidOperationException($"{file} is not embedded");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));
        return string.Join('\n', lines) + "\n";
    });
}
