using System.IO.Enumeration;
using System.Text.Json;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// Which instruction a model family wants for which kind of task, from the table <c>instructions.json</c>: cde's and nomic's prefixes, the query
/// instructions of BGE (English and Chinese) and Arctic, E5's two words. A model of no family in the table gets the prompts of its own folder.
/// </summary>
public static class TaskInstructions
{
    private static readonly Lazy<IReadOnlyList<Family>> Table = new(Read);

    /// <summary>The instruction for a task.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="prompts">The prompts of the model's folder.</param>
    /// <param name="task">The task.</param>
    public static TaskInstruction For(string model, IReadOnlyDictionary<string, string> prompts, TaskInfo task)
    {
        var kind = task.Kind.ToString();
        if (Table.Value.FirstOrDefault(family => family.Models.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, model))) is { } family)
        {
            var pair = (task.PublishedName is { } name ? family.Kinds.GetValueOrDefault(name) : null) ?? family.Kinds.GetValueOrDefault(kind) ?? ["", ""];
            return new TaskInstruction(pair[0], pair[1], family.Name);
        }

        if (prompts.FirstOrDefault(prompt => prompt.Key.Equals(kind, StringComparison.OrdinalIgnoreCase)) is { Key: not null } own)
            return new TaskInstruction(own.Value, own.Value, $"the model's prompt \"{own.Key}\"");
        var document = prompts.GetValueOrDefault("document", "");
        return new TaskInstruction(
            task.Kind is TaskKind.Retrieval or TaskKind.Reranking ? prompts.GetValueOrDefault("query", "") : document, document, prompts.Count > 0 ? "the model's own prompts" : "none");
    }

    private static IReadOnlyList<Family> Read()
    {
        using var stream = typeof(TaskInstructions).Assembly.GetManifestResourceStream("Tasks/instructions.json")!;
        return JsonSerializer.Deserialize<List<Family>>(stream, JsonSerializerOptions.Web)!;
    }

    /// <summary>Models whose names match a pattern, and what they want: query and document by kind, or by a task's published name; nothing where a kind is absent.</summary>
    private sealed record Family(string Name, IReadOnlyList<string> Models, IReadOnlyDictionary<string, string[]> Kinds);
}
