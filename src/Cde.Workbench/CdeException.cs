namespace Cde.Workbench;

/// <summary>
/// A failure that a user can act on, told in one line: what failed, where, which rule it broke, and the way out.
/// Commands print <see cref="Exception.Message"/> alone, without a stack trace.
/// </summary>
/// <param name="message">The line to show. Line breaks, such as of a name that it quotes, become blanks.</param>
/// <param name="inner">What caused it, where something did.</param>
public class CdeException(string message, Exception? inner = null) : Exception(message.ReplaceLineEndings(" "), inner);
