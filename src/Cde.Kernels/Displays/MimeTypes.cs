namespace Cde.Kernels.Displays;

/// <summary>Media types that displays know by name.</summary>
internal static class MimeTypes
{
    /// <summary>JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Markdown.</summary>
    public const string Markdown = "text/markdown";

    /// <summary>A drawing.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>A figure as front ends with Plotly's renderer draw it.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>Whether a text has the form of a media type.</summary>
    public static bool IsWellFormed(string mimeType) =>
        mimeType.Split('/') is [{ Length: > 0 } kind, { Length: > 0 } form] && !(kind + form).Any(letter => char.IsWhiteSpace(letter) || letter is ',' or '"');
}
