using Cde.Kernels.Shell;

namespace Cde.Kernels.Processes;

/// <summary>
/// A process that a command started stops cleanly when the command closes its standard input, and so also when the command is killed: nothing is left behind that
/// trains on unseen.
/// </summary>
internal static class ParentWatch
{
    /// <summary>Set to 1 for processes that are to watch.</summary>
    public const string Variable = "CDE_STOP_AT_END_OF_INPUT";

    /// <summary>Begins to watch, where the variable asks for it.</summary>
    /// <param name="signals">Told to stop.</param>
    /// <param name="input">Standard input.</param>
    public static void Begin(StopSignals? signals, Func<Stream> input)
    {
        if (signals is null || Environment.GetEnvironmentVariable(Variable) != "1")
            return;
        new Thread(() =>
        {
            using var stream = input();
            var bytes = new byte[16];
            while (stream.Read(bytes) > 0)
            {
            }

            signals.Stop();
        })
        { IsBackground = true, Name = "parent watch" }.Start();
    }
}
