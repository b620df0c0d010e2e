using System.Globalization;

namespace Cde.Workbench.Evaluation;

/// <summary>Main scores that are published for known models (MTEB's results repository), from the table <c>published-scores.tsv</c>.</summary>
public static class PublishedScores
{
    private static readonly Lazy<ILookup<(string Task, string Split, string Subset), (string Model, double Score)>> Table = new(Read);

    /// <summary>The models that are published on the same texts as a task, the best first; none where MTEB has no such task.</summary>
    public static IReadOnlyList<(string Model, double Score)> Of(TaskInfo task) =>
        task.PublishedName is { } name ? [.. Table.Value[(name, task.Split, task.Subset)].OrderByDescending(row => row.Score)] : [];

    private static ILookup<(string, string, string), (string, double)> Read()
    {
        using var reader = new StreamReader(typeof(PublishedScores).Assembly.GetManifestResourceStream("Tasks/published-scores.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t'))
            .ToLookup(row => (row[0], row[1], row[2]), row => (row[3], double.Parse(row[4], CultureInfo.InvariantCulture)));
    }
}
