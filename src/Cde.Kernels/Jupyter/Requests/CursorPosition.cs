namespace Cde.Kernels.Jupyter;

/// <summary>Code with a cursor in it, as requests give it.</summary>
internal static class CursorPosition
{
    /// <summary>The code, and the cursor in UTF-16 units; the code's end where no cursor is given.</summary>
    public static (string Code, int Position) Of(Request request)
    {
        var code = request.Message.Content.Text("code");
        var cursor = request.Message.Content.Number("cursor_pos");
        return (code, cursor is { } given ? CodePoints.ToUtf16(code, given) : code.Length);
    }
}
