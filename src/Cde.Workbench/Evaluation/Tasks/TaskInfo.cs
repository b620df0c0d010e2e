namespace Cde.Workbench.Evaluation;

/// <summary>What is known of a task before it is read.</summary>
/// <param name="Name">The name people use.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Path">The file or folder it is read from.</param>
public sealed record TaskInfo(string Name, TaskKind Kind, string Path)
{
    /// <summary>The name under which MTEB publishes scores of the same texts; null where it has no such task.</summary>
    public string? PublishedName { get; init; }

    /// <summary>Which part of the data is scored.</summary>
    /// <value>Default "test".</value>
    public string Split { get; init; } = "test";

    /// <summary>Which part of several, such as a language.</summary>
    /// <value>Default "default".</value>
    public string Subset { get; init; } = "default";

    /// <summary>The texts' languages, as MTEB writes them: <c>eng-Latn</c>, <c>cmn-Hans</c>; empty where they are not known.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}
