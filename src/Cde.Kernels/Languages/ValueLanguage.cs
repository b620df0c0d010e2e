using System.Collections.Concurrent;
using System.Text.Json;
using Cde.Kernels.Cells;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>
/// Keeps texts, files and pages under names, for other languages to use as <c>@value:name</c>. JSON is kept as numbers, texts, truth
/// values and <see cref="JsonElement"/>s, all else as text.
/// </summary>
public sealed class ValueLanguage : ILanguage, IVariables
{
    /// <summary>The largest file or page that is kept, in bytes. <value>64 MiB.</value></summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private static readonly HttpClient Web = new() { MaxResponseContentBufferSize = MaxBytes };

    private readonly ConcurrentDictionary<string, Variable> _values = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "value";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => [];

    /// <inheritdoc/>
    public string DisplayName => "Value";

    /// <summary>
    /// Keeps what the selector's options name: <c>--name</c>, and <c>--from-file</c>, <c>--from-url</c>, <c>--from-value</c> or the cell's text;
    /// <c>--mime-type</c> says what it is.
    /// </summary>
    public async Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        var options = SelectorOptions.Parse("#!value", cell.SelectorArguments, "--name", "--from-file", "--from-url", "--from-value", "--mime-type");
        var name = options["--name"] ?? throw new CdeException("#!value needs a name: --name NAME");
        var sources = new[] { "--from-file", "--from-url", "--from-value" }.Where(option => options[option] is not null).ToList();
        var hasText = code.Trim().Length > 0;
        if (sources.Count + (hasText ? 1 : 0) != 1)
            throw new CdeException($"#!value takes one source: --from-file, --from-url, --from-value or the cell's text (given: {(sources.Count == 0 && !hasText ? "none" : string.Join(", ", hasText ? sources.Append("text") : sources))})");
        switch (sources.FirstOrDefault())
        {
            case "--from-file": await KeepFileAsync(name, options["--from-file"]!, options["--mime-type"], cell.Cancellation); break;
            case "--from-url": await KeepPageAsync(name, options["--from-url"]!, options["--mime-type"], cell.Cancellation); break;
            default: Keep(name, options["--from-value"] ?? code, options["--mime-type"]); break;
        }

        return null;
    }

    /// <summary>Keeps a text.</summary>
    /// <param name="name">The name to keep it under.</param>
    /// <param name="text">The text.</param>
    /// <param name="mimeType">What it is; <c>application/json</c> is read as JSON. Plain text where null.</param>
    /// <exception cref="CdeException">The text is said to be JSON and is not.</exception>
    public void Keep(string name, string text, string? mimeType = null)
    {
        if (!IsJson(mimeType))
        {
            Declare(name, text, typeof(string));
            return;
        }

        try
        {
            var value = JsonForm.Read(text);
            Declare(name, value, value?.GetType() ?? typeof(object));
        }
        catch (JsonException error)
        {
            throw new CdeException($"value \"{name}\" is no JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}; correct it, or leave out --mime-type {ValueForms.Json}", error);
        }
    }

    /// <summary>Keeps a file's text.</summary>
    /// <param name="name">The name to keep it under.</param>
    /// <param name="path">The file, UTF-8 unless it begins with another mark.</param>
    /// <param name="mimeType">What it is; by the file's ending where null (<c>.json</c> is JSON).</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CdeException">The file is missing, unreadable, too large, or no JSON although it should be.</exception>
    public async Task KeepFileAsync(string name, string path, string? mimeType = null, CancellationToken cancellation = default)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MaxBytes)
                throw new CdeException($"{path} has {file.Length} bytes, at most {MaxBytes} are kept as a value; share its name and read it where it is used");
            var text = await File.ReadAllTextAsync(path, cancellation);
            Keep(name, text, mimeType ?? (file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase) ? ValueForms.Json : null));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CdeException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Keeps a page's text.</summary>
    /// <param name="name">The name to keep it under.</param>
    /// <param name="address">The page, <c>http</c> or <c>https</c>.</param>
    /// <param name="mimeType">What it is; what the server says where null.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="CdeException">The address is none, or the server does not answer with a page.</exception>
    public async Task KeepPageAsync(string name, string address, string? mimeType = null, CancellationToken cancellation = default)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new CdeException($"\"{address}\" is no http or https address; for a file use --from-file");
        try
        {
            using var response = await Web.GetAsync(uri, cancellation);
            response.EnsureSuccessStatusCode();
            Keep(name, await response.Content.ReadAsStringAsync(cancellation), mimeType ?? response.Content.Headers.ContentType?.MediaType);
        }
        catch (Exception error) when (error is HttpRequestException or InvalidOperationException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new CdeException($"{address} cannot be fetched: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Variable> List() => [.. _values.Values.OrderBy(value => value.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public bool TryGet(string name, out Variable variable) => _values.TryGetValue(name, out variable);

    /// <inheritdoc/>
    public Task SetAsync(string name, object? value, Type? type = null)
    {
        Declare(name, value, type ?? value?.GetType() ?? typeof(object));
        return Task.CompletedTask;
    }

    private void Declare(string name, object? value, Type type)
    {
        if (name.Length == 0 || name.Any(sign => char.IsWhiteSpace(sign) || sign is ':' or '@'))
            throw new CdeException($"\"{name}\" is no name of a value: it has no blanks, no colon and no @");
        _values[name] = new(name, type, value);
    }

    private static bool IsJson(string? mimeType) => mimeType is ValueForms.Json || mimeType?.EndsWith("+json", StringComparison.Ordinal) == true;
}
