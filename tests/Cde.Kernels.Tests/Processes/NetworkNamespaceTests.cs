using System.Diagnostics;
using System.Globalization;
using Cde.Workbench;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Tests.Processes;

/// <summary>Processes on two hosts, which are network namespaces joined by a pair of interfaces: started as a launcher would, by environment variables alone.</summary>
public sealed class NetworkNamespaceTests(TinyWorkspace workspace) : IDisposable
{
    private readonly string[] hosts = [Name("a"), Name("b")];
    private bool isMade;

    [Fact]
    public async Task Processes_on_two_hosts_train_the_model_of_two_on_one()
    {
        if (MakeHosts() is { } reason)
            Assert.Skip("network namespaces cannot be made here: " + reason);
        var (local, remote) = (new RunFolder(Path.Combine(workspace.Folder, "one-host")), new RunFolder(Path.Combine(workspace.Folder, "two-hosts")));
        using var together = StartedProgram.Start(Line(local) + " --processes 2", [], ("OMP_NUM_THREADS", "1"));
        var (exit, _, error) = await together.EndAsync();
        Assert.True(exit == 0, error);

        // The second host has a folder of its own: what rank 1 needs comes from rank 0.
        using var first = Start(0, Line(remote));
        using var second = Start(1, Line(new RunFolder(Path.Combine(workspace.Folder, "on-host-b"))));
        var ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());

        Assert.All(ends, end => Assert.True(end.ExitCode == 0, end.Error));
        Assert.Equal(ContentHash.OfFile(Path.Combine(local.Model, "model.safetensors")), ContentHash.OfFile(Path.Combine(remote.Model, "model.safetensors")));
        Assert.False(Directory.Exists(Path.Combine(workspace.Folder, "on-host-b")));
    }

    public void Dispose()
    {
        if (!isMade)
            return;
        foreach (var host in hosts)
            Ip("netns", "del", host);
    }

    private static string Name(string host) => string.Create(CultureInfo.InvariantCulture, $"cde-{Environment.ProcessId}-{host}");

    private static string Line(RunFolder run) =>
        $"train --corpus {TinyWorkspace.CorpusPath} --out {run.Path} --width 16 --layers 2 --heads 2 --vocabulary-size 200 --steps 4 --warmup-steps 1 --context-size 4 --batch-size 4";

    private StartedProgram Start(int rank, string line) => StartedProgram.Start(
        line, ["ip", "netns", "exec", hosts[rank]],
        ("RANK", rank.ToString(CultureInfo.InvariantCulture)), ("WORLD_SIZE", "2"), ("LOCAL_RANK", "0"), ("MASTER_ADDR", "10.231.7.1"), ("MASTER_PORT", "29511"), ("OMP_NUM_THREADS", "1"));

    /// <summary>Makes two hosts that reach each other at 10.231.7.1 and .2, and nobody else.</summary>
    /// <returns>Why not, where they cannot be made.</returns>
    private string? MakeHosts()
    {
        if (!OperatingSystem.IsLinux())
            return "they are of Linux";
        string[] ends = [$"cde{Environment.ProcessId}a", $"cde{Environment.ProcessId}b"];
        if (Ip("netns", "add", hosts[0]) is { } reason)
            return reason;
        isMade = true;
        string[][] steps =
        [
            ["netns", "add", hosts[1]],
            ["link", "add", ends[0], "netns", hosts[0], "type", "veth", "peer", "name", ends[1], "netns", hosts[1]],
            .. Enumerable.Range(0, 2).SelectMany(i => (string[][])
            [
                ["-n", hosts[i], "addr", "add", $"10.231.7.{i + 1}/24", "dev", ends[i]],
                ["-n", hosts[i], "link", "set", ends[i], "up"],
                ["-n", hosts[i], "link", "set", "lo", "up"],
            ]),
        ];
        return steps.Select(step => Ip(step)).FirstOrDefault(failure => failure is not null);
    }

    /// <summary>Runs <c>ip</c>; null where it went well.</summary>
    private static string? Ip(params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", words) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"ip {string.Join(' ', words)}: {error}";
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            return failure.Message;
        }
    }
}
