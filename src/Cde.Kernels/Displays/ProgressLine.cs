using System.Globalization;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>Progress in words: how much of how much, how long it took, how fast it goes.</summary>
internal static class ProgressLine
{
    private const int BarWidth = 24;
    private const double ShortestTimed = 0.05;

    /// <summary>One state as a line without a line break, with a bar of characters.</summary>
    public static string WithBar(WorkProgress state, TimeSpan elapsed)
    {
        var bar = state.Total > 0 ? $" [{new string('#', (int)(state.Share * BarWidth)).PadRight(BarWidth, '.')}]" : "";
        return $"{state.Stage}{bar} {Words(state, elapsed)}";
    }

    /// <summary>One state in words, without its stage. A stage that counts nothing has its time alone.</summary>
    public static string Words(WorkProgress state, TimeSpan elapsed)
    {
        var seconds = elapsed.TotalSeconds;
        if (state.Unit.Length == 0 && state.Total == 0)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
        var amount = state.Total > 0 ? $"{Shown.Count(state.Done)} of {Shown.Count(state.Total)} {state.Unit}" : $"{Shown.Count(state.Done)} {state.Unit}";

        // What came from a cache took no time worth a rate, and of what takes seconds each the time alone is read.
        var rate = seconds >= ShortestTimed && state.Done >= seconds ? string.Create(CultureInfo.InvariantCulture, $", {state.Done / seconds:N0} {state.Unit}/s") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{amount}, {seconds:0.0} s{rate}");
    }
}
