namespace Cde.Kernels.Jupyter;

/// <summary>A cell that was run.</summary>
/// <param name="Session">The session, from 1; each shell of each kernel has its own.</param>
/// <param name="Line">Its number in the session, from 1.</param>
/// <param name="Input">Its text.</param>
/// <param name="Output">Its result as plain text; null where it had none.</param>
internal sealed record HistoryEntry(int Session, int Line, string Input, string? Output);
