using System.Diagnostics;
using System.Globalization;

namespace Cde.Workbench;

/// <summary>Names for half-written files: hidden, beside the target, with the process that writes them in the name.</summary>
internal static class TemporaryName
{
    private static readonly TimeSpan StaleAge = TimeSpan.FromHours(1);
    private static int _counter;

    /// <summary>A free name beside <paramref name="path"/>. What killed processes left for the same target is removed.</summary>
    public static string Beside(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var name = Path.GetFileName(path);
        RemoveStale(folder, name);
        return Path.Combine(folder, $".{name}.{Environment.ProcessId}-{Interlocked.Increment(ref _counter)}.tmp");
    }

    /// <summary>Removes a temporary file or folder; a failure to do so must not hide the failure that led here.</summary>
    public static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Trace.TraceWarning("{0} could not be removed: {1}", path, failure.Message);
        }
    }

    // A process on another machine or in another container may share the folder and have an id unknown here: hence the age.
    private static void RemoveStale(string folder, string name)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder, ".*.tmp"))
        {
            var file = Path.GetFileName(entry);
            if (!file.StartsWith($".{name}.", StringComparison.Ordinal))
                continue;
            var owner = file[(name.Length + 2)..].Split('-')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
                && !IsAlive(processId) && now - File.GetLastWriteTimeUtc(entry) > StaleAge)
                Remove(entry);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
