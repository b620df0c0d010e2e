using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>The queries on which two systems differ most.</summary>
/// <param name="First">The first system.</param>
/// <param name="Second">The other.</param>
/// <param name="Wins">Where the first is better, task by task, the largest gain first.</param>
/// <param name="Losses">Where it is worse, task by task, the largest loss first.</param>
public sealed record ComparedQueries(string First, string Second, IReadOnlyList<ComparedQuery> Wins, IReadOnlyList<ComparedQuery> Losses)
{
    /// <summary>One system against another.</summary>
    /// <param name="systems">The systems' names.</param>
    /// <param name="first">The position of the one.</param>
    /// <param name="second">The other's position.</param>
    /// <param name="tasks">What was compared.</param>
    /// <param name="scored">Each task's systems.</param>
    /// <param name="show">Wins, and losses, at most of each task.</param>
    internal static ComparedQueries Of(IReadOnlyList<string> systems, int first, int second, IReadOnlyList<TaskScores> tasks, IReadOnlyList<IReadOnlyList<ScoredSystem>> scored, int show)
    {
        var places = tasks.SelectMany((task, t) => task.Ids.Select((id, item) => (Task: t, Id: id, Gain: task.Values[first][item] - task.Values[second][item], A: task.Values[first][item], B: task.Values[second][item]))).ToList();
        return new ComparedQueries(
            systems[first],
            systems[second],
            Most(places.Where(place => place.Gain > 0).OrderByDescending(place => place.Gain)),
            Most(places.Where(place => place.Gain < 0).OrderBy(place => place.Gain)));

        // As many of each task: gains on one task say nothing about how large they are on another.
        IReadOnlyList<ComparedQuery> Most(IEnumerable<(int Task, string Id, double Gain, double A, double B)> ordered) =>
            [.. ordered.GroupBy(place => place.Task).OrderBy(task => task.Key).SelectMany(task => task.Take(show)).Select(Query)];

        ComparedQuery Query((int Task, string Id, double Gain, double A, double B) place)
        {
            var (a, b) = (scored[place.Task][first], scored[place.Task][second]);
            var text = scored[place.Task].Select(system => system.Scores.Items.FirstOrDefault(item => item.Id == place.Id)?.Text).FirstOrDefault(text => !string.IsNullOrEmpty(text)) ?? "";
            return new ComparedQuery(tasks[place.Task].Task, place.Id, text, place.A, place.B, a.FirstRelevant(place.Id), b.FirstRelevant(place.Id));
        }
    }
}

/// <summary>A query in two systems.</summary>
/// <param name="Task">Its task.</param>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text; empty where it is not known.</param>
/// <param name="First">What the first system scores.</param>
/// <param name="Second">What the other scores.</param>
/// <param name="FirstRank">The rank of the first relevant document in the first system; null where it found none, or its run is not at hand.</param>
/// <param name="SecondRank">The rank in the other.</param>
public sealed record ComparedQuery(string Task, string Id, string Text, double First, double Second, int? FirstRank, int? SecondRank);
