namespace Cde.Workbench.Figures;

/// <summary>Something drawn: data and labels, independent of how it is shown.</summary>
public abstract record Figure
{
    /// <summary>What the figure shows, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The figure as one <c>svg</c> element that refers to nothing outside itself and needs no script.</summary>
    public abstract string ToSvg();

    /// <summary>
    /// The figure as a fragment of a page: the drawing, with a style that follows light and dark themes and a script for hints, zoom and legend. It
    /// refers to nothing outside itself, stands any number of times on a page, and shows the drawing where scripts do not run.
    /// </summary>
    public virtual string ToHtml() => FigureHtml.Of(ToSvg(), ["zoom", "axes"]);

    /// <summary>
    /// The figure as Plotly's JSON, an object with <c>data</c>, <c>layout</c> and <c>config</c>: what the media type
    /// <c>application/vnd.plotly.v1+json</c> holds and plotly.js 3 draws.
    /// </summary>
    public abstract string ToPlotlyJson();

    /// <summary>The figure as a whole page that needs no network and no other file.</summary>
    public string ToPage() =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{SvgWriter.Escape(Title)}</title>
        </head>
        <body>
        {ToHtml()}
        </body>
        </html>

        """;

    /// <summary>The figure as a whole page drawn by plotly.js, which stands in the page itself.</summary>
    /// <param name="options">Where plotly.js comes from; as the environment states where null.</param>
    /// <param name="cancellation">Asks to stop a download.</param>
    /// <exception cref="CdeException">plotly.js is not on this machine, and may not or cannot be fetched.</exception>
    public async Task<string> ToPlotlyPageAsync(PlotlyOptions? options = null, CancellationToken cancellation = default) =>
        PlotlyPage.Of(this, await PlotlyScript.ReadAsync(options ?? PlotlyOptions.FromEnvironment(), cancellation));

    /// <summary>
    /// Writes the figure to a file, in the form that its name ends in: <c>.svg</c> the drawing, <c>.html</c> a page, <c>.plotly.html</c> a page
    /// with plotly.js in it, <c>.json</c> Plotly's JSON, <c>.txt</c> characters.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Where plotly.js comes from; as the environment states where null.</param>
    /// <param name="cancellation">Asks to stop a download.</param>
    /// <exception cref="CdeException">The name ends in none of these, the file cannot be written, or plotly.js cannot be had.</exception>
    public async Task SaveAsync(string path, PlotlyOptions? options = null, CancellationToken cancellation = default) =>
        AtomicFile.WriteAllText(path, path switch
        {
            _ when Ends(path, ".svg") => ToSvg() + "\n",
            _ when Ends(path, ".plotly.html") => await ToPlotlyPageAsync(options, cancellation),
            _ when Ends(path, ".html") => ToPage(),
            _ when Ends(path, ".json") => ToPlotlyJson() + "\n",
            _ when Ends(path, ".txt") => ToText() + "\n",
            _ => throw new CdeException($"{path}: a figure is written as .svg, .html, .plotly.html, .json or .txt; end the name in one of these"),
        });

    private static bool Ends(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>The figure in characters, for where nothing can be drawn; lines without a trailing line break.</summary>
    public abstract string ToText();
}
