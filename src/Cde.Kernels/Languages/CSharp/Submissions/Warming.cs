namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>A cell that nobody wrote, compiled at the start so that the first one somebody writes finds the compiler ready.</summary>
internal static class Warming
{
    /// <summary>The cell: it declares nothing, so it leaves no trace, and goes the ways that cells usually go.</summary>
    public static CellSource Source { get; } = new("""await Task.Yield(); $"{Enumerable.Range(0, 2).Select(number => number * 2).Sum()} {new List<string> { "a" }.Count}" """, "start");
}
