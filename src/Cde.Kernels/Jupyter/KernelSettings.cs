using Cde.Kernels.Jupyter.Zmtp;

namespace Cde.Kernels.Jupyter;

/// <summary>What a kernel can be told beside its connection file.</summary>
public sealed record KernelSettings
{
    /// <summary>Bytes of stream text that one cell may show.</summary>
    /// <value>64 MiB.</value>
    public long OutputLimit { get; init; } = OutputAllowance.Default;

    /// <summary>The folder that history is kept in.</summary>
    /// <value><c>history</c> in the user's cache folder.</value>
    public string HistoryFolder { get; init; } = HistoryStore.DefaultFolder;

    /// <summary>Told, from any thread, of what is odd: dropped connections and messages, handlers that failed.</summary>
    /// <value>Nothing is told.</value>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>The clock.</summary>
    /// <value>The system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal ZmtpLimits Limits { get; init; } = new();
}
