using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>A command was written wrongly: names the word, the rule and the nearest right names. The shell leaves with 2.</summary>
/// <param name="message">The line to show.</param>
public sealed class UsageException(string message) : CdeException(message);
