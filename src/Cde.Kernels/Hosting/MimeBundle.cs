using System.Collections;

namespace Cde.Kernels.Hosting;

/// <summary>
/// One thing to show, in several forms. Every bundle has <c>text/plain</c>; hosts choose the richest form they can draw.
/// </summary>
/// <remarks>
/// <c>application/json</c> beside <c>text/html</c> is refused: JupyterLab ranks JSON first and would show a tree instead of the table.
/// </remarks>
public sealed class MimeBundle : IReadOnlyDictionary<string, string>
{
    /// <summary>The media type that every bundle has.</summary>
    public const string PlainText = "text/plain";

    /// <summary>The media type of self-contained HTML: a fragment without outside references.</summary>
    public const string Html = "text/html";

    private readonly Dictionary<string, string> _forms = new(StringComparer.Ordinal);

    /// <summary>A bundle with its plain-text form.</summary>
    public MimeBundle(string plainText) => _forms[PlainText] = plainText;

    /// <inheritdoc/>
    public int Count => _forms.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _forms.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> Values => _forms.Values;

    /// <inheritdoc/>
    public string this[string key] => _forms[key];

    /// <summary>The same bundle with one more form.</summary>
    /// <exception cref="ArgumentException">The form is JSON and the bundle has HTML, or the other way round.</exception>
    public MimeBundle With(string mimeType, string content)
    {
        const string json = "application/json";
        if ((mimeType == json && _forms.ContainsKey(Html)) || (mimeType == Html && _forms.ContainsKey(json)))
            throw new ArgumentException($"{json} and {Html} do not go in one bundle: JupyterLab would show the JSON", nameof(mimeType));
        _forms[mimeType] = content;
        return this;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _forms.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out string value) => _forms.TryGetValue(key, out value!);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _forms.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
