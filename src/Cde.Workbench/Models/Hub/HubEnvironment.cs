namespace Cde.Workbench.Models.Hub;

/// <summary>What the environment says about the hub, under the names that Hugging Face's own tools read, so that one setting serves both.</summary>
/// <param name="read">Gives a variable; null where it is not set.</param>
internal sealed class HubEnvironment(Func<string, string?> read)
{
    private static readonly string[] Yes = ["1", "ON", "YES", "TRUE"];

    /// <summary>That of this process.</summary>
    public static HubEnvironment Current { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>The hub's address: <c>HF_ENDPOINT</c>.</summary>
    /// <exception cref="CdeException">It is no http or https address.</exception>
    public Uri Endpoint
    {
        get
        {
            if (Read("HF_ENDPOINT") is not { } named)
                return new Uri("https://huggingface.co");
            return Uri.TryCreate(named, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
                ? endpoint
                : throw new CdeException($"HF_ENDPOINT is \"{named}\", which is not an http or https address");
        }
    }

    /// <summary>The cache that Hugging Face's libraries share: <c>HF_HUB_CACHE</c>, else <c>hub</c> in <see cref="Home"/>.</summary>
    public string Cache => Path.GetFullPath(Read("HF_HUB_CACHE") ?? Read("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(Home, "hub"));

    /// <summary>Whether no request may be sent: <c>HF_HUB_OFFLINE</c> or <c>TRANSFORMERS_OFFLINE</c>.</summary>
    public bool IsOffline => IsYes("HF_HUB_OFFLINE") || IsYes("TRANSFORMERS_OFFLINE");

    /// <summary>
    /// The access token: <c>HF_TOKEN</c>, else the file that <c>HF_TOKEN_PATH</c> names or <c>token</c> in <see cref="Home"/>, where a login puts it;
    /// with <c>HF_HUB_DISABLE_IMPLICIT_TOKEN</c> the variable alone. Null for none.
    /// </summary>
    public string? Token
    {
        get
        {
            if ((Read("HF_TOKEN") ?? Read("HUGGING_FACE_HUB_TOKEN")) is { } named)
                return Clean(named);
            var file = Read("HF_TOKEN_PATH") ?? Path.Combine(Home, "token");
            try
            {
                return !IsYes("HF_HUB_DISABLE_IMPLICIT_TOKEN") && File.Exists(file) ? Clean(File.ReadAllText(file)) : null;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new CdeException($"{file}: the hub's access token cannot be read ({failure.Message.TrimEnd('.')}); set HF_TOKEN or HF_TOKEN_PATH", failure);
            }
        }
    }

    /// <summary><c>HF_HOME</c>, else <c>huggingface</c> in <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>, on every system.</summary>
    private string Home
    {
        get
        {
            if (Read("HF_HOME") is { } home)
                return Path.GetFullPath(home);
            var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return Path.Combine(Read("XDG_CACHE_HOME") ?? Path.Combine(user.Length > 0 ? user : Path.GetTempPath(), ".cache"), "huggingface");
        }
    }

    private static string? Clean(string token) => token.Trim() is { Length: > 0 } clean ? clean : null;

    private bool IsYes(string name) => Read(name) is { } value && Yes.Contains(value.ToUpperInvariant());

    private string? Read(string name) => read(name) is { Length: > 0 } value ? value : null;
}
