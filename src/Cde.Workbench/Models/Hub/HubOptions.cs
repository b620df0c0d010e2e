namespace Cde.Workbench.Models.Hub;

/// <summary>How a hub is reached, and where what was fetched is kept. Defaults follow the variables that Hugging Face's own tools read.</summary>
public sealed record HubOptions
{
    /// <summary>The hub. Default: <c>HF_ENDPOINT</c>, else <c>https://huggingface.co</c>.</summary>
    public Uri Endpoint { get; init; } = HubEnvironment.Current.Endpoint;

    /// <summary>
    /// The access token, for models that need one and for uploads; sent to <see cref="Endpoint"/>'s own host alone.
    /// Default: <c>HF_TOKEN</c>, else the file of <c>HF_TOKEN_PATH</c>, else the file that a login left in the cache.
    /// </summary>
    public string? Token { get; init; } = HubEnvironment.Current.Token;

    /// <summary>
    /// The cache, in Hugging Face's layout (<see cref="HubCache"/>). Default: <c>HF_HUB_CACHE</c>, else <c>hub</c> in <c>HF_HOME</c>, else
    /// <c>huggingface/hub</c> in <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>.
    /// </summary>
    public string CacheFolder { get; init; } = HubEnvironment.Current.Cache;

    /// <summary>Whether the cache alone serves and no request is sent. Default: <c>HF_HUB_OFFLINE</c>.</summary>
    public bool Offline { get; init; } = HubEnvironment.Current.IsOffline;

    /// <summary>How often a request is tried that brings no new bytes.</summary>
    /// <value>1 or more; default 5.</value>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The wait before the second attempt; each further one waits twice as long, and at least as long as the hub asks for.</summary>
    /// <value>Default one second.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection may stay silent.</summary>
    /// <value>Default one minute.</value>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Which files of a model to fetch. Default: null, the configuration, vocabularies and weights that this project reads.</summary>
    public Func<string, bool>? Filter { get; init; }
}
