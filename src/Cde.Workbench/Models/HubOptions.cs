namespace Cde.Workbench.Models;

/// <summary>How <see cref="HubClient"/> reaches a hub, and where it keeps what it fetched.</summary>
public sealed record HubOptions
{
    /// <summary>The hub. Default: <c>HF_ENDPOINT</c>, else <c>https://huggingface.co</c>.</summary>
    public Uri Endpoint { get; init; } = DefaultEndpoint();

    /// <summary>The access token, for models that need one. Default: <c>HF_TOKEN</c>.</summary>
    public string? Token { get; init; } = Environment.GetEnvironmentVariable("HF_TOKEN") is { Length: > 0 } token ? token : null;

    /// <summary>Where models are kept. Default: <c>hub</c> in the user's cache.</summary>
    public string CacheFolder { get; init; } = Path.Combine(UserFolders.Cache, "hub");

    /// <summary>How often a request is tried that brings no new bytes.</summary>
    /// <value>1 or more; default 5.</value>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The wait before the second attempt; each further one waits twice as long.</summary>
    /// <value>Default one second.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection may stay silent.</summary>
    /// <value>Default one minute.</value>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Which files of a model to fetch. Default: <see cref="IsModelFile"/>.</summary>
    public Func<string, bool> Filter { get; init; } = IsModelFile;

    /// <summary>
    /// Whether a file belongs to a model as this project reads it: configuration, vocabularies, safetensors, the card. Pickled weights and
    /// other runtimes' exports are left out.
    /// </summary>
    public static bool IsModelFile(string path) =>
        !path.StartsWith("onnx/", StringComparison.Ordinal) && !path.StartsWith("openvino/", StringComparison.Ordinal)
        && (Path.GetExtension(path) is ".json" or ".txt" or ".safetensors" or ".model" or ".md" || Path.GetFileName(path) == "LICENSE");

    private static Uri DefaultEndpoint()
    {
        var named = Environment.GetEnvironmentVariable("HF_ENDPOINT");
        if (string.IsNullOrEmpty(named))
            return new Uri("https://huggingface.co");
        return Uri.TryCreate(named, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new CdeException($"HF_ENDPOINT is \"{named}\", which is not an http or https address");
    }
}
