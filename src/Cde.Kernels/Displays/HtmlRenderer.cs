namespace Cde.Kernels.Displays;

/// <summary>Draws a view as HTML that refers to nothing outside itself.</summary>
public static class HtmlRenderer
{
    /// <summary>The view as a fragment, for a notebook's output. Tables are sorted and paged without script.</summary>
    public static string Fragment(View view) => Draw(view, isWholePage: false);

    /// <summary>The view as a whole page, for a file; light or dark as the reader's system is. The same view makes the same page.</summary>
    public static string Page(string title, View view) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{HtmlEscape.Of(title)}</title>
        <style>body{"{"}margin:2rem auto;padding:0 1rem;max-width:72rem;font:14px/1.45 system-ui,sans-serif{"}"}</style>
        </head>
        <body>
        {Draw(view, isWholePage: true)}
        </body>
        </html>

        """;

    private static string Draw(View view, bool isWholePage)
    {
        var html = new HtmlWriter { IsWholePage = isWholePage };
        html.Append(view);
        return html.ToFragment();
    }
}
