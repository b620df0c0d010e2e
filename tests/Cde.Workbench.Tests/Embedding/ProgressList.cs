namespace Cde.Workbench.Tests.Embedding;

/// <summary>Keeps reports in the order in which they were made, on the thread that made them.</summary>
internal sealed class ProgressList : IProgress<WorkProgress>
{
    public List<WorkProgress> Reports { get; } = [];

    public Action<WorkProgress> Then { get; init; } = _ => { };

    public void Report(WorkProgress value)
    {
        Reports.Add(value);
        Then(value);
    }
}
