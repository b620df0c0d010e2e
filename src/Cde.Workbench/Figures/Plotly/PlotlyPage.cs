namespace Cde.Workbench.Figures;

/// <summary>A page with one figure drawn by plotly.js, which stands in the page itself: it needs no network and no other file.</summary>
internal static class PlotlyPage
{
    /// <summary>The page.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="script">plotly.js, minified.</param>
    public static string Of(Figure figure, string script) =>
        $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{SvgWriter.Escape(figure.Title)}}</title>
        <style>html,body{margin:0;height:100%}#figure{height:100vh}</style>
        <script>{{script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}}</script>
        </head>
        <body>
        <div id="figure"></div>
        <noscript>{{figure.ToSvg()}}</noscript>
        <script>
        (() => {
          const { data, layout, config } = {{figure.ToPlotlyJson()}};
          if (matchMedia("(prefers-color-scheme: dark)").matches)
            Object.assign(layout, { paper_bgcolor: "#15181c", plot_bgcolor: "#15181c", font: { color: "#e3e8ee" } });
          Plotly.newPlot("figure", data, layout, config);
        })();
        </script>
        </body>
        </html>

        """;
}
