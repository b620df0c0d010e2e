using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>A request asks for what the protocol does not allow, or for what is not there; the reply says so.</summary>
/// <param name="message">What is wrong with it, in one line.</param>
internal sealed class ProtocolException(string message) : CdeException(message);
