using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>Displays behind a value: <c>x.Display()</c>.</summary>
public static class DisplayExtensions
{
    /// <summary>Rows of <see cref="DisplayTable"/> where nothing else is said.</summary>
    public const int DefaultTableRows = 1_000;

    /// <inheritdoc cref="Notebook.display"/>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => Notebook.display(value, mimeTypes);

    /// <summary>Shows a text as what it is: HTML, Markdown, an SVG drawing, JSON.</summary>
    /// <param name="content">The content, taken as it is.</param>
    /// <param name="mimeType">What it is: <c>text/html</c>.</param>
    /// <exception cref="CdeException">No cell is running, or the media type is none.</exception>
    public static DisplayedValue DisplayAs(this string content, string mimeType)
    {
        if (!MimeTypes.IsWellFormed(mimeType))
            throw new CdeException($"\"{mimeType}\" is no media type: two words with a slash between, such as text/html");
        object value = mimeType == MimeBundle.Html ? new Html(content) : content;
        return Notebook.display(value, mimeType);
    }

    /// <summary>Shows a sequence as a table, numbers and texts too: a column for each property, sorted and paged by the reader.</summary>
    /// <param name="values">The sequence; no more than one item above <paramref name="rows"/> is read.</param>
    /// <param name="rows">Rows at most. <value>From 1; 1,000 by default.</value></param>
    /// <exception cref="CdeException">No cell is running.</exception>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> values, int rows = DefaultTableRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var limits = DisplayLimits.Current with { Rows = rows, AlwaysTable = true };
        return DisplayedValue.Show(Notebook.Cell.Output, values, Formatting.Bundle(values, [MimeBundle.Html], limits), [MimeBundle.Html]);
    }

    /// <summary>Passes a sequence on and draws how far it is: <c>foreach (var text in texts.WithProgress("reading"))</c>.</summary>
    /// <param name="values">The sequence.</param>
    /// <param name="stage">What is going on, in a word or two.</param>
    /// <param name="unit">What is counted.</param>
    /// <exception cref="CdeException">No cell is running.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public static IEnumerable<T> WithProgress<T>(this IEnumerable<T> values, string stage = "working", string unit = "items")
    {
        var (progress, cancellation) = (Notebook.Progress, Notebook.Cancellation);
        return values.TryGetNonEnumeratedCount(out var total) ? Reported(total) : Reported(0);

        IEnumerable<T> Reported(long count)
        {
            long done = 0;
            progress.Report(new WorkProgress(stage, 0, count, unit));
            foreach (var value in values)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return value;
                progress.Report(new WorkProgress(stage, ++done, count, unit));
            }

            if (count == 0)
                progress.Report(new WorkProgress(stage, done, done, unit));
        }
    }
}
