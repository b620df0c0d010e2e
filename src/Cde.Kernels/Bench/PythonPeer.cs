using System.Diagnostics;
using System.Text.Json.Nodes;
using Cde.Workbench;

namespace Cde.Kernels.Bench;

/// <summary>A script in a Python process of its own, which waits on its input between requests: one JSON object a line, one a line back.</summary>
/// <param name="process">The process.</param>
/// <param name="install">How to get what the script needs.</param>
internal sealed class PythonPeer(Process process, string install) : IDisposable
{
    /// <summary>Starts it; where that cannot be, <paramref name="missing"/> says why in one line.</summary>
    /// <param name="script">An embedded script's name.</param>
    /// <param name="folder">Where the script is written.</param>
    /// <param name="install">How to get what it needs, on Debian and Ubuntu.</param>
    /// <param name="missing">Why there is none.</param>
    public static PythonPeer? Start(string script, string folder, string install, out string? missing)
    {
        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3"; // the distribution's, which has the distribution's packages
        var path = Path.Combine(folder, script);
        using (var stream = typeof(PythonPeer).Assembly.GetManifestResourceStream(script)!)
        using (var file = File.Create(path))
            stream.CopyTo(file);
        try
        {
            var started = Process.Start(new ProcessStartInfo(python, ["-u", path]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false });
            missing = started is null ? $"{python} does not start" : null;
            return started is null ? null : new PythonPeer(started, install);
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            missing = $"{python}: {failure.Message}";
            return null;
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="CdeException">The peer cannot, in one line.</exception>
    public JsonNode Ask(JsonObject request)
    {
        string? line;
        try
        {
            process.StandardInput.WriteLine(request.ToJsonString());
            process.StandardInput.Flush();
            line = process.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
            line = process.StandardOutput.ReadLine(); // what it said before it ended
        }

        var answer = line is null ? null : JsonNode.Parse(line);
        if (answer?["error"] is { } error)
            throw new CdeException($"the peer is left out: {error}; to get it: {install}");
        return answer ?? throw new CdeException("the peer is left out: its process ended without an answer");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
                process.Kill();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        process.Dispose();
    }
}
