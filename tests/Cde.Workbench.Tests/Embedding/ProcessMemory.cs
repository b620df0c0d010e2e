using System.Globalization;

namespace Cde.Workbench.Tests.Embedding;

/// <summary>What Linux says about this process' memory.</summary>
internal static class ProcessMemory
{
    /// <summary>Memory of the process itself, without mapped files, in bytes.</summary>
    public static long Anonymous => Read("RssAnon");

    /// <summary>All memory in use, mapped files included, in bytes.</summary>
    public static long Resident => Read("VmRSS");

    /// <summary>The most that <see cref="Resident"/> has been since <see cref="ForgetPeak"/>, in bytes.</summary>
    public static long Peak => Read("VmHWM");

    /// <summary>Skips the test where the system does not tell.</summary>
    public static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("reads /proc/self/status, which Linux alone has");
    }

    /// <summary>Frees what is free, and begins to watch for a new peak.</summary>
    public static void ForgetPeak()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static long Read(string field) => File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith(field + ":", StringComparison.Ordinal))
        .Select(line => 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
        .Single();
}
