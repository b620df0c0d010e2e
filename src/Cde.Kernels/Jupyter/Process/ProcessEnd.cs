using System.Runtime.ExceptionServices;

namespace Cde.Kernels.Jupyter;

/// <summary>What a kernel's process does when something else than its front end wants to end it.</summary>
internal static class ProcessEnd
{
    /// <summary>A cell that calls <c>Environment.Exit</c> ends the process; the front ends are told before it goes.</summary>
    public static void TellOf(JupyterKernel kernel) => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        kernel.Abandon($"The process of the kernel ends with exit code {Environment.ExitCode}: what the cells made is lost. Start the kernel again to go on.");

    /// <summary>
    /// An exception that nobody catches on a thread which a cell started would end the process with all that the cells made. It is told
    /// instead, and only its thread ends.
    /// </summary>
    public static void SurviveExceptionsOfThreads(JupyterKernel kernel) => ExceptionHandling.SetUnhandledExceptionHandler(failure =>
    {
        kernel.Tell($"An exception that nothing caught ended a thread (the kernel goes on):\n{failure}\n");
        return true;
    });

    /// <summary>
    /// Ends the process some time from now, in case that threads of cells, or of native libraries, keep it from ending by itself.
    /// </summary>
    public static void Ensure(TimeSpan after) => new Thread(() =>
    {
        Thread.Sleep(after);
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
    })
    { IsBackground = true, Name = "process ends" }.Start();
}
