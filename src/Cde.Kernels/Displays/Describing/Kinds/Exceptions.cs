using Cde.Kernels.Cells;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>Exceptions: the message, the cell's line, the causes; the calls folded away.</summary>
internal static class Exceptions
{
    private const int MaxCauses = 8;
    private const int MaxCalls = 60;

    /// <summary>The exception; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        if (value is not Exception exception)
            return null;
        if (!at.IsWhole)
            return Line(exception);
        if (exception is CellFailedException failed)
            return new Leaf(ErrorText.Plain(failed.Error), LeafKind.Lines);
        var parts = new List<Node> { new Leaf(Head(exception), LeafKind.Error) };
        if (CellLine.Excerpt(exception) is { Count: > 0 } excerpt)
            parts.Add(new Leaf(string.Join('\n', excerpt), LeafKind.Lines));
        parts.AddRange(Causes(exception).Take(MaxCauses).Select(cause => new Leaf("caused by " + Head(cause), LeafKind.Error)));
        if (Calls(exception) is { Length: > 0 } calls)
            parts.Add(new Fold("calls", new Leaf(at.Budget.Take(calls, Budget.MaxCharacters), LeafKind.Lines)));
        return new Stack(parts);
    }

    /// <summary>An exception in one line: what stands where a value could not be read.</summary>
    public static Leaf Line(Exception exception) => new(Shown.Shorten(Head(exception), 200), LeafKind.Error);

    private static string Head(Exception exception)
    {
        string message;
        try
        {
            message = exception.Message;
        }
        catch (Exception failure) when (!Interruption.Is(failure))
        {
            message = $"its message failed with {TypeName.Of(failure.GetType())}";
        }

        message = message.Length > 4_000 ? message[..4_000] + "…" : message;
        return exception is CdeException ? message : $"{TypeName.Of(exception.GetType())}: {message}";
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        var inner = exception is AggregateException several ? several.InnerExceptions : [.. new[] { exception.InnerException }.OfType<Exception>()];
        return inner.SelectMany(cause => new[] { cause }.Concat(Causes(cause)));
    }

    private static string Calls(Exception exception)
    {
        if (exception.StackTrace is not { Length: > 0 } trace)
            return "";
        var lines = trace.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).ToList();
        return string.Join('\n', lines.Take(MaxCalls)) + (lines.Count > MaxCalls ? $"\n… {lines.Count - MaxCalls} more calls" : "");
    }
}
