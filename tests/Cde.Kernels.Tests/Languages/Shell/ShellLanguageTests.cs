using System.Diagnostics;
using Cde.Kernels.Cells;
using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Languages.Shell;

public class ShellLanguageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly IReadOnlyList<ShellLanguage> _shells = ShellLanguage.CreateAll();
    private readonly RecordedOutput _output = new();

    private ShellLanguage Bash => _shells.First(shell => shell.Name == "bash");

    private ShellLanguage Sh => _shells.First(shell => shell.Name == "sh");

    public ShellLanguageTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "scripts of a POSIX shell");

    [Fact]
    public async Task Both_streams_arrive_in_the_order_in_which_they_were_written()
    {
        await Bash.RunAsync("for i in {1..200}; do echo o$i; echo e$i >&2; done", _output);

        Assert.Equal(string.Concat(Enumerable.Range(1, 200).Select(i => $"o{i}\ne{i}\n")), _output.Both);
    }

    [Fact]
    public async Task Output_is_shown_while_the_script_runs()
    {
        using var folder = new Cde.Testing.TemporaryFolder();
        // The script ends only when the file is there, and the file is written only when its first line has been shown.
        _output.Written = text =>
        {
            if (text.Contains("first", StringComparison.Ordinal))
                folder.Write("go", "");
        };

        await Sh.RunAsync($"echo first; while [ ! -e '{folder["go"]}' ]; do sleep 0.02; done; echo last", _output).WaitAsync(Patience);

        Assert.Equal("first\nlast\n", _output.Text);
    }

    [Theory]
    [InlineData("exit 3", "bash ended with exit code 3")]
    [InlineData("true; nosuchcommand-x", "bash ended with exit code 127 (a command was not found)")]
    [InlineData("kill -9 $$", "bash ended with exit code 137 (ended by signal 9)")]
    public async Task An_exit_code_is_an_error(string code, string message)
    {
        var error = await Assert.ThrowsAsync<CellFailedException>(() => Bash.RunAsync(code, _output));

        Assert.Equal(new CellError("ExitCode", message, []) with { Traceback = error.Error.Traceback }, error.Error);
    }

    [Fact]
    public async Task A_message_of_the_shell_names_the_cells_line()
    {
        await Assert.ThrowsAsync<CellFailedException>(() => Bash.RunAsync("true\ntrue\nnosuchcommand-x", _output));

        Assert.Equal("cell: line 3: nosuchcommand-x: command not found\n", _output.Text);
    }

    [Fact]
    public async Task An_interrupt_ends_the_script_and_what_it_started()
    {
        using var interrupt = new CancellationTokenSource();
        var child = 0;
        _output.Written = text =>
        {
            child = int.Parse(text.Trim(), System.Globalization.CultureInfo.InvariantCulture);
            interrupt.CancelAfter(TimeSpan.FromMilliseconds(50));
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Bash.RunAsync("bash -c 'sleep 600 & echo $!; wait'; echo never", _output.Cell(cancellation: interrupt.Token)).WaitAsync(Patience));

        Assert.DoesNotContain("never", _output.Text, StringComparison.Ordinal);
        await WaitForAsync(() => HasEnded(child));
    }

    [Fact]
    public async Task A_process_left_in_the_background_does_not_hold_the_cell()
    {
        await Sh.RunAsync("sleep 60 & echo $!", _output).WaitAsync(Patience);

        var left = int.Parse(_output.Text.Trim(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.False(HasEnded(left));
        Process.GetProcessById(left).Kill();
    }

    [Fact]
    public async Task A_script_that_reads_finds_the_end() => await Sh.RunAsync("cat; echo done", _output).WaitAsync(Patience);

    [Fact]
    public async Task Values_are_environment_variables_of_every_shell_as_text_and_are_not_evaluated()
    {
        await Sh.SetAsync("count", 3);
        await Sh.SetAsync("names", new[] { "a b", "$(echo pasted)" });

        await Bash.RunAsync("echo \"$count $names\"", _output);

        Assert.Equal("3 [\"a b\",\"$(echo pasted)\"]\n", _output.Text);
    }

    [Theory]
    [InlineData("1st", "\"1st\" is no name of an environment variable: letters, digits and _, no digit first")]
    [InlineData("a b", "\"a b\" is no name of an environment variable: letters, digits and _, no digit first")]
    public async Task A_name_that_is_none_is_refused(string name, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<CdeException>(() => Sh.SetAsync(name, 1))).Message);

    [Fact]
    public async Task A_value_too_long_for_the_environment_is_refused()
    {
        var error = await Assert.ThrowsAsync<CdeException>(() => Sh.SetAsync("text", new string('x', 200_000)));

        Assert.EndsWith("write it to a file and share the file's name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_output_is_kept_for_other_languages()
    {
        await Sh.RunAsync("printf 'a\\nb\\n'", _output, "--as lines");

        Assert.Equal("a\nb\n", ValueSharing.Take(Bash, "lines").Value);
        Assert.Equal("a\nb\n", _output.Text);
    }

    [Fact]
    public async Task A_script_longer_than_an_argument_runs_and_characters_arrive_whole()
    {
        var line = new string('ü', 50_000);

        await Bash.RunAsync($"cat <<'END'\n{line}\n{line}\nEND", _output);

        Assert.Equal($"{line}\n{line}\n", _output.Text);
    }

    [Fact]
    public async Task Much_output_arrives_whole()
    {
        await Sh.RunAsync("i=0; while [ $i -lt 20000 ]; do echo \"line $i of the output\"; i=$((i+1)); done", _output);

        Assert.Equal(20_000, _output.Text.Count(sign => sign == '\n'));
    }

    [Fact]
    public async Task A_shell_that_is_not_installed_is_named_with_those_that_are()
    {
        var error = await Assert.ThrowsAsync<CdeException>(() => _shells.First(shell => shell.Name == "cmd").RunAsync("dir", _output));

        Assert.Equal("cmd needs the program cmd.exe, which is not on the path; install it, or use another shell: #!sh, #!bash", error.Message.Replace(", #!pwsh", "", StringComparison.Ordinal));
    }

    private static bool HasEnded(int process)
    {
        // A zombie has ended too: its parent is gone and nobody here collects it.
        var status = $"/proc/{process}/stat";
        try
        {
            return !File.Exists(status) || File.ReadAllText(status).Split(' ')[2] == "Z";
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience);
            await Task.Delay(20);
        }
    }
}
