using Cde.Kernels.Shell;

namespace Cde.Kernels.Tests.Shell;

/// <summary>One command line, run in this process, with what it printed.</summary>
internal sealed record ShellRun(int ExitCode, string Output, string Error)
{
    public static async Task<ShellRun> Of(IReadOnlyList<string> words, CancellationToken cancellation = default, bool isTerminal = false)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await new ShellHost(output, error, isTerminal).RunAsync(words, cancellation);
        return new ShellRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Splits at blanks.</summary>
    public static Task<ShellRun> Of(string line) => Of(Words(line));

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
