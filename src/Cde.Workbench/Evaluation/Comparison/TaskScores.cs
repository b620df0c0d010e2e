namespace Cde.Workbench.Evaluation;

/// <summary>What several systems scored on the same items of one task by one measure.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Ids">The items that every system has.</param>
/// <param name="Values">A value for each item, by system.</param>
/// <param name="LeftOut">Items that some systems have and others lack; they are not compared.</param>
public sealed record TaskScores(string Task, IReadOnlyList<string> Ids, IReadOnlyList<IReadOnlyList<double>> Values, int LeftOut)
{
    /// <summary>Brings systems together on the items that all of them have, in the first one's order.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="systems">Each system's values by item.</param>
    /// <exception cref="CdeException">No item is common to all.</exception>
    public static TaskScores Join(string task, IReadOnlyList<IReadOnlyDictionary<string, double>> systems)
    {
        string[] ids = [.. systems[0].Keys.Where(id => systems.All(system => system.ContainsKey(id)))];
        return ids.Length > 0
            ? new TaskScores(task, ids, [.. systems.Select(system => (IReadOnlyList<double>)[.. ids.Select(id => system[id])])], systems.SelectMany(system => system.Keys).Distinct(StringComparer.Ordinal).Count() - ids.Length)
            : throw new CdeException($"{task}: no query is common to the {systems.Count} systems; compare what scored the same queries");
    }
}
