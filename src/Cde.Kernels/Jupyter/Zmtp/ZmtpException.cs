using Cde.Workbench;

namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>A peer broke the transport protocol or a limit: its connection ends, nothing else.</summary>
/// <param name="message">What it did, in one line.</param>
internal sealed class ZmtpException(string message) : CdeException(message);
