namespace Cde.Kernels.Commands;

/// <summary>What every command takes.</summary>
public record CommandOptions
{
    /// <summary>A name to keep the result under.</summary>
    [Option("Keep the result under this name for later commands", ValueName = "NAME")]
    public string? As { get; init; }

    /// <summary>Where the figures of the result are written.</summary>
    [Option("Write the figures of the result: .svg, .html, .plotly.html (plotly.js inside), .json (Plotly) or .txt", ValueName = "PATH", Completes = Completes.Files)]
    public string? Figure { get; init; }

    /// <summary>Print JSON instead of tables.</summary>
    [Option("Print one JSON object with the result and its provenance on stdout")]
    public bool Json { get; init; }

    /// <summary>Where the result is written.</summary>
    [Option("Write the result to this file", ValueName = "PATH", Completes = Completes.Files)]
    public string? Out { get; init; }

    /// <summary>No progress and no notes.</summary>
    [Option("No progress and no notes on stderr")]
    public bool Quiet { get; init; }
}
