using System.Globalization;

namespace Cde.Workbench;

/// <summary>The most memory that this process has held, as Linux tells it.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";
    private const string Reset = "/proc/self/clear_refs";

    /// <summary>Collects garbage and begins to watch for a new peak; false where the system does not tell.</summary>
    public static bool Forget()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            File.WriteAllText(Reset, "5");
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // a container may forbid it
        }
    }

    /// <summary>Bytes resident at most since <see cref="Forget"/>; null where the system does not tell.</summary>
    public static long? Bytes()
    {
        if (!File.Exists(Status))
            return null;
        var line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? null : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
