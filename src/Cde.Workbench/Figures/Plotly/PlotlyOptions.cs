namespace Cde.Workbench.Figures;

/// <summary>Where plotly.js comes from. It is not part of the workbench: it is taken from the machine, or fetched once on request.</summary>
public sealed record PlotlyOptions
{
    /// <summary>The environment variable that stands in for these options: a file, a folder of the package, or <c>download</c>.</summary>
    public const string Variable = "CDE_PLOTLY";

    /// <summary>The file <c>plotly.min.js</c>, or the folder of the package with it. Default: where npm, Python's plotly or an earlier download left one.</summary>
    public string? Script { get; init; }

    /// <summary>Whether it is fetched from the npm registry where the machine has none; it is then kept in the cache. <value>False by default.</value></summary>
    public bool Download { get; init; }

    /// <summary>The registry's address. Default: what <c>npm config get registry</c> says, or the environment variable <c>npm_config_registry</c>.</summary>
    public Uri? Registry { get; init; }

    /// <summary>The cache's folder. Default: <see cref="UserFolders.Cache"/>.</summary>
    public string? Cache { get; init; }

    /// <summary>Finds plotly.js, or fetches it where these options say so, and writes it to a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Asks to stop a download.</param>
    /// <exception cref="CdeException">There is none, it cannot be fetched, or the file cannot be written.</exception>
    public async Task SaveAsync(string path, CancellationToken cancellation = default) =>
        AtomicFile.WriteAllText(path, await PlotlyScript.ReadAsync(this, cancellation).ConfigureAwait(false));

    /// <summary>The options that the environment states.</summary>
    public static PlotlyOptions FromEnvironment() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => new PlotlyOptions(),
        "download" => new PlotlyOptions { Download = true },
        var path => new PlotlyOptions { Script = path },
    };
}
