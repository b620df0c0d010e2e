using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cde.Workbench.Evaluation;

/// <summary>Data sets that are known by their files' names, from the table <c>tasks.json</c>: what kind they are, and under which name MTEB publishes scores of the same texts.</summary>
internal static class KnownTasks
{
    private static readonly Lazy<IReadOnlyList<KnownTask>> Table = new(Read);

    /// <summary>The known tasks of a file, or of a folder that has the file.</summary>
    public static IEnumerable<(KnownTask Task, string File)> At(string path)
    {
        foreach (var task in Table.Value.Where(task => task.File is not null))
        {
            var file = Directory.Exists(path) ? Path.Combine(path, task.File!) : path;
            var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)));
            if (Path.GetFileName(file) == task.File && File.Exists(file) && (task.Folder is null || task.Folder == folder))
                yield return (task, file);
        }
    }

    /// <summary>The known task of a retrieval collection's name; null where there is none.</summary>
    public static KnownTask? OfCollection(string name) => Table.Value.FirstOrDefault(task => task.Collection == name);

    /// <summary>The names of the known tasks, ours and the published ones.</summary>
    public static IEnumerable<string> Names => Table.Value.SelectMany(task => ((string?[])[task.Name, task.Published]).OfType<string>());

    /// <summary>The known task of a name, ours or the published one; null where there is none.</summary>
    public static KnownTask? Named(string name) => Table.Value.FirstOrDefault(task => name.Equals(task.Name, StringComparison.OrdinalIgnoreCase) || name.Equals(task.Published, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<KnownTask> Read()
    {
        using var stream = typeof(KnownTasks).Assembly.GetManifestResourceStream("Tasks/tasks.json")!;
        return JsonSerializer.Deserialize<List<KnownTask>>(stream, JsonSerializerOptions.Web)!;
    }

    /// <summary>A row of the table. A task is known by its test file (in a folder of a certain name, where one is stated) or by its collection's name.</summary>
    internal sealed record KnownTask(string Name, [property: JsonConverter(typeof(JsonStringEnumConverter<TaskKind>))] TaskKind Kind, string Language)
    {
        public string? Published { get; init; }

        public string Split { get; init; } = "test";

        public string Subset { get; init; } = "default";

        public string? File { get; init; }

        public string? Train { get; init; }

        public string? Folder { get; init; }

        public string? Collection { get; init; }

        public TaskInfo Info(string path) => new(Name, Kind, path) { PublishedName = Published, Split = Split, Subset = Subset, Languages = [Language] };
    }
}
