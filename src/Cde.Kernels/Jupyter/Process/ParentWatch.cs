using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// Tells when the front end's process is gone, so that a kernel does not outlive a server that was killed. Front ends of Jupyter name their
/// process in <c>JPY_PARENT_PID</c>.
/// </summary>
internal static partial class ParentWatch
{
    /// <summary>The environment variable that names the process.</summary>
    public const string Variable = "JPY_PARENT_PID";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Begins to watch, where the environment names a process and the system can tell (POSIX).</summary>
    /// <param name="value">The variable's value.</param>
    /// <param name="isGone">Told once, on a thread of its own.</param>
    public static void Begin(string? value, Action isGone)
    {
        if (OperatingSystem.IsWindows() || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) || pid <= 1)
            return;

        // A child sees its parent change when that dies, whatever becomes of the number; others can only look whether the number is in use.
        var isChild = GetParent() == pid;
        new Thread(() =>
        {
            while (isChild ? GetParent() == pid : Exists(pid))
                Thread.Sleep(Interval);
            isGone();
        })
        { IsBackground = true, Name = "parent watch" }.Start();
    }

    private static bool Exists(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParent();
}
