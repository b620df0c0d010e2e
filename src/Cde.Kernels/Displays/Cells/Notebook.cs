using System.Diagnostics.CodeAnalysis;
using Cde.Kernels.Cells;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>
/// What cells call without a prefix: <c>display(x)</c>, <c>HTML(...)</c>, <c>GetInput(...)</c>. Everything finds the cell that the calling code
/// belongs to, also from threads and tasks that the cell started.
/// </summary>
public static class Notebook
{
    /// <summary>Shows a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The forms beside <c>text/plain</c>; those of the value's type where none is named.</param>
    /// <returns>What was shown; it can be replaced in place, from other cells too.</returns>
    /// <exception cref="CdeException">No cell is running, or there is no formatter for a form.</exception>
    [SuppressMessage("Style", "IDE1006", Justification = "The name that notebooks know.")]
    public static DisplayedValue display(object? value, params string[] mimeTypes) =>
        DisplayedValue.Show(Cell.Output, value, bundle: Formatter.Format(value, mimeTypes), mimeTypes);

    /// <summary>Markup to show as it is: as a cell's last expression, or through <see cref="display"/>.</summary>
    /// <param name="markup">An HTML fragment.</param>
    public static Html HTML(string markup) => new(markup);

    /// <summary>A drawing to show inline: as a cell's last expression, or through <see cref="display"/>.</summary>
    /// <param name="markup">One <c>svg</c> element.</param>
    public static Svg SVG(string markup) => new(markup);

    /// <summary>A text in Markdown to show: as a cell's last expression, or through <see cref="display"/>.</summary>
    public static MarkdownText Markdown(string source) => new(source);

    /// <summary>Runs a script in the front end, where it runs scripts of outputs.</summary>
    /// <param name="script">JavaScript. Inside it <c>&lt;/script</c> is written <c>&lt;\/script</c>, which means the same in its strings.</param>
    /// <exception cref="CdeException">No cell is running.</exception>
    public static void Javascript(string script) =>
        display(new Html($"<script type=\"text/javascript\">{script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}</script>"));

    /// <summary>Removes what the running cell has shown.</summary>
    /// <param name="wait">Not before the next output arrives, so that nothing flickers.</param>
    /// <exception cref="CdeException">No cell is running.</exception>
    public static void Clear(bool wait = false) => Cell.Output.Clear(wait);

    /// <summary>Asks the person at the front end for a line.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <exception cref="CdeException">No cell is running, or the front end takes no input.</exception>
    public static string GetInput(string prompt = "") => Cell.Output.ReadLine(prompt, isPassword: false, Cell.Cancellation);

    /// <summary>Asks the person at the front end for a line without showing what is typed.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <exception cref="CdeException">No cell is running, or the front end takes no input.</exception>
    public static string GetPassword(string prompt = "Password:") => Cell.Output.ReadLine(prompt, isPassword: true, Cell.Cancellation);

    /// <summary>As <see cref="GetInput"/>, for code that awaits it, as notebooks of .NET Interactive do.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <exception cref="CdeException">No cell is running, or the front end takes no input.</exception>
    public static Task<string> GetInputAsync(string prompt = "") => Task.Run(() => GetInput(prompt));

    /// <summary>As <see cref="GetPassword"/>, for code that awaits it, as notebooks of .NET Interactive do.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <exception cref="CdeException">No cell is running, or the front end takes no input.</exception>
    public static Task<string> GetPasswordAsync(string prompt = "Password:") => Task.Run(() => GetPassword(prompt));

    /// <summary>Where code of the running cell reports how far it is: drawn as a bar, at most ten times a second.</summary>
    /// <exception cref="CdeException">No cell is running.</exception>
    public static IProgress<WorkProgress> Progress => Cell.Session.Progress;

    /// <summary>Set when the running cell is interrupted: long loops poll it and end cleanly.</summary>
    /// <exception cref="CdeException">No cell is running.</exception>
    public static CancellationToken Cancellation => Cell.Cancellation;

    internal static CellContext Cell =>
        CellContext.Current ?? throw new CdeException("no cell is running here; displays and input work in notebook cells and in threads and tasks that a cell started");
}
