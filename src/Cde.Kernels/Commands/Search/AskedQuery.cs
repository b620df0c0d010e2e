using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Commands;

/// <summary>The query of a search, and what is relevant to it where the corpus has a task with that query.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="Id">The query's id in the task; null where it is none of the task's.</param>
/// <param name="Grades">The judged documents with their grades; none where nothing is known.</param>
internal sealed record AskedQuery(string Text, string? Id, IReadOnlyDictionary<string, int> Grades)
{
    private static readonly Dictionary<string, int> Nothing = [];

    /// <summary>The relevant documents, best grade first.</summary>
    public IReadOnlyList<string> Gold => [.. Grades.Where(grade => grade.Value > 0).OrderByDescending(grade => grade.Value).ThenBy(grade => grade.Key, IdByteOrder.Instance).Select(grade => grade.Key)];

    /// <summary>The query that the options name: by id, or by a text that equals one of the task's.</summary>
    /// <exception cref="CdeException">There is neither text nor id, no task, or no such id.</exception>
    public static AskedQuery Of(Session session, SearchOptions options)
    {
        var text = options.Query.Trim();
        if (options.QueryId is { } id)
        {
            var task = session.Task(options.Corpus);
            var named = task.Queries.FirstOrDefault(query => query.Id == id)
                ?? throw new CdeException($"{task.Name} has no query \"{id}\"; {NearestNames.Suggest(id, task.Queries.Select(query => query.Id))}");
            return new AskedQuery(text.Length > 0 ? text : named.Text, id, task.Qrels[id]);
        }

        if (text.Length == 0)
            throw new UsageException("search: QUERY is missing; write what to find, or --query-id ID");
        return session.TaskOrNull(options.Corpus) is { } known && known.Queries.FirstOrDefault(query => query.Text.Trim() == text) is { } same
            ? new AskedQuery(text, same.Id, known.Qrels[same.Id])
            : new AskedQuery(text, null, Nothing);
    }
}
