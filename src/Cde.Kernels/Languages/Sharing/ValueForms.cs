using System.Globalization;
using System.Net;
using System.Text.Json;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>A value copied into a form that any language can read.</summary>
public static class ValueForms
{
    /// <summary>JSON: objects and lists become a <see cref="JsonElement"/>, numbers, texts and truth values themselves.</summary>
    public const string Json = "application/json";

    /// <summary>Text.</summary>
    public const string Text = "text/plain";

    /// <summary>Text, escaped for HTML.</summary>
    public const string Html = "text/html";

    /// <summary>The forms there are.</summary>
    public static IReadOnlyList<string> MimeTypes { get; } = [Json, Text, Html];

    /// <summary>The value in a form.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeType">The form.</param>
    /// <param name="origin">What errors call the value, such as <c>csharp:total</c>.</param>
    /// <exception cref="CdeException">There is no such form, or the value cannot be written in it.</exception>
    public static object? Convert(object? value, string mimeType, string origin) => mimeType switch
    {
        Json => JsonForm.Read(JsonForm.Write(value, origin)),
        Text => AsText(value, origin),
        Html => WebUtility.HtmlEncode(AsText(value, origin)),
        _ => throw new CdeException($"{origin} cannot be taken as \"{mimeType}\"; known: {string.Join(", ", MimeTypes)}"),
    };

    /// <summary>The value as text: numbers and dates the same in every culture, lists and objects as JSON, nothing for null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="origin">What errors call it.</param>
    /// <exception cref="CdeException">It is an object that JSON cannot hold.</exception>
    public static string AsText(object? value, string origin) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        Uri or Version or FileSystemInfo => value.ToString()!,
        _ => JsonForm.Write(value, origin),
    };
}
