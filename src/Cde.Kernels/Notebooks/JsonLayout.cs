namespace Cde.Kernels.Notebooks;

/// <summary>How a JSON file is laid out, so that a file that is read and written again differs only where its content does.</summary>
internal sealed record JsonLayout
{
    /// <summary>What Jupyter writes: one blank a level, a final line break.</summary>
    public static JsonLayout Jupyter { get; } = new();

    /// <summary>Everything on one line, as the <c>#!meta</c> block of a .dib has it.</summary>
    public static JsonLayout OneLine { get; } = new() { Indent = null, KeySeparator = ":", ItemSeparator = ",", EndsWithNewLine = false };

    /// <summary>What one level is indented by; null where everything stands on one line.</summary>
    public string? Indent { get; init; } = " ";

    /// <summary>The line break.</summary>
    public string NewLine { get; init; } = "\n";

    /// <summary>What stands between a key and its value.</summary>
    public string KeySeparator { get; init; } = ": ";

    /// <summary>What stands between items on one line.</summary>
    public string ItemSeparator { get; init; } = ", ";

    /// <summary>Characters outside ASCII are written as <c>\u</c> escapes.</summary>
    public bool EscapesNonAscii { get; init; }

    /// <summary>The file ends with a line break.</summary>
    public bool EndsWithNewLine { get; init; } = true;

    /// <summary>The layout of a JSON text, taken from its first lines; what a text is too short to tell is as Jupyter has it.</summary>
    public static JsonLayout Detect(ReadOnlySpan<byte> json)
    {
        var layout = Jupyter with { EndsWithNewLine = json.EndsWith("\n"u8), EscapesNonAscii = HasEscapesAlone(json) };
        var start = json.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0 || start + 1 >= json.Length)
            return layout;
        var inside = json[(start + 1)..];
        var blanks = inside.IndexOfAnyExcept(" \t\r\n"u8);
        if (blanks < 0 || inside[blanks] is (byte)'}' or (byte)']')
            return layout;
        var colon = inside.IndexOf((byte)':');
        if (colon >= 0 && colon + 1 < inside.Length)
            layout = layout with { KeySeparator = inside[colon + 1] == ' ' ? ": " : ":" };
        var lineBreak = inside[..blanks].LastIndexOf((byte)'\n');
        if (lineBreak < 0)
            return layout with { Indent = null, ItemSeparator = layout.KeySeparator == ": " ? ", " : "," };
        return layout with
        {
            Indent = string.Concat(inside[(lineBreak + 1)..blanks].ToArray().Select(blank => (char)blank)),
            NewLine = lineBreak > 0 && inside[lineBreak - 1] == '\r' ? "\r\n" : "\n",
        };
    }

    /// <summary>Whether characters outside ASCII occur, and only as escapes.</summary>
    private static bool HasEscapesAlone(ReadOnlySpan<byte> json)
    {
        if (json.IndexOfAnyExceptInRange((byte)0, (byte)127) >= 0)
            return false;
        for (var rest = json; ;)
        {
            var at = rest.IndexOf("\\u"u8);
            if (at < 0 || at + 6 > rest.Length)
                return false;
            if (!rest.Slice(at + 2, 2).SequenceEqual("00"u8) || rest[at + 4] is not ((byte)'0' or (byte)'1' or (byte)'2' or (byte)'3'))
                return true; // beyond the control characters and the <, > and & that some writers escape
            rest = rest[(at + 6)..];
        }
    }
}
