namespace Cde.Kernels.Notebooks;

/// <summary>How a notebook is run without a front end.</summary>
public sealed record NotebookRunOptions
{
    /// <summary>The longest time that a cell may take. <value>No limit by default.</value></summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Goes on after a cell that fails. <value>False by default: the first error ends the run.</value></summary>
    public bool AllowErrors { get; init; }

    /// <summary>Writes when each cell began and ended into its metadata, as JupyterLab does. <value>False by default, so that two runs give the same file.</value></summary>
    public bool RecordsTiming { get; init; }

    /// <summary>How long a cell that was asked to stop may take to do so, before the run leaves it behind. <value>10 s by default: a native call is let finish.</value></summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);
}
