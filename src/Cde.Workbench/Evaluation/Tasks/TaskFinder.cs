using Cde.Workbench.Corpora;
using static Cde.Workbench.Evaluation.TaskReader;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// Finds evaluation tasks by path: data sets that are known by their files' names, BEIR and NanoBEIR folders, retrieval collections as their makers publish them, folders with
/// files <c>train</c> and <c>test</c> of labelled texts, and files whose fields say what they are. Data are read where they lie.
/// </summary>
public static class TaskFinder
{
    private const int Deepest = 2;

    /// <summary>The tasks at a path: of a file, or of a folder and the folders in it, two deep. A folder that is a collection or has train and test files is one task.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="kind">The kind that the data are; null for what their fields say.</param>
    /// <param name="progress">Told while collections are read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CdeException">There is nothing, or it is of no form that is read.</exception>
    public static IReadOnlyList<FoundTask> Find(string path, TaskKind? kind = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!Path.Exists(path))
            throw new CdeException($"{path} does not exist; a task is a file or a folder{Meant(path)}");
        var found = Below(path, kind, 0, progress, cancellationToken);
        return found.Count > 0 ? found : throw new CdeException(
            $"{path} holds no task{(kind is null ? "" : $" of kind {kind}")}; expected a BEIR folder, a collection, train and test files of labelled texts, or files ({string.Join(", ", TaskRecords.Endings)}) with the fields of a task: {Fields}");
    }

    /// <summary>What a path may have meant: its neighbours, and the files of known tasks of that name.</summary>
    private static string Meant(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        var wanted = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var beside = Directory.Exists(folder) ? NearestNames.Find(wanted, Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>()) : [];
        if (beside.Count > 0)
            return $"; did you mean {string.Join(", ", beside.Select(name => Path.Combine(Path.GetDirectoryName(path) ?? "", name)))}?";
        var near = NearestNames.Find(wanted, KnownTasks.Names);
        return KnownTasks.Named(wanted) is { } known
            ? $"; {known.Name} is read from {(known.File is { } file ? $"the file {file}" : $"the collection {known.Collection} as its makers publish it, or as a BEIR folder of that name")}"
            : near.Count > 0 ? $"; did you mean {string.Join(", ", near)}? Name the file or folder with its data" : $"; tasks {NearestNames.Suggest(wanted, KnownTasks.Names)}";
    }

    private static List<FoundTask> Below(string path, TaskKind? kind, int depth, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (here, isOne) = Here(path, kind, depth, progress, cancellationToken);
        return isOne || !Directory.Exists(path) || depth == Deepest
            ? here
            : [.. here, .. Directory.GetDirectories(path).Order(StringComparer.Ordinal).SelectMany(folder => Below(folder, kind, depth + 1, progress, cancellationToken))];
    }

    /// <summary>The tasks of a file, or of a folder without its folders, and whether the folder as a whole is one: then its folders belong to it.</summary>
    private static (List<FoundTask> Tasks, bool IsOne) Here(string path, TaskKind? kind, int depth, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var known = KnownTasks.At(path).Where(found => kind is null || found.Task.Kind == kind).ToList();
        if (known.Count > 0)
            return ([.. known.Select(found => new FoundTask(found.Task.Info(found.File), () => Read(found.Task.Info(found.File), found.Task.Train is { } train ? Path.Combine(Path.GetDirectoryName(found.File)!, train) : null)))], false);
        if (kind is null or TaskKind.Retrieval && Retrieval(path, progress, cancellationToken) is { Count: > 0 } collections)
            return (collections, true);
        if (File.Exists(path))
            return (OfFile(path, kind, isNamed: depth == 0), false);
        if (TrainAndTest(path) is var (train, test) && kind is null or TaskKind.Classification && train is not null)
            return ([new FoundTask(Info(path, TaskKind.Classification), () => Read(Info(path, TaskKind.Classification) with { Path = test! }, train))], true);
        return ([.. Directory.GetFiles(path).Where(file => TaskRecords.Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).SelectMany(file => OfFile(file, kind, isNamed: false))], false);
    }

    private static List<FoundTask> Retrieval(string path, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path) && BeirFolder.IsOne(path))
        {
            var info = Collection(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), path);
            return [new FoundTask(info, () => new RetrievalEvaluation(info, BeirFolder.Open(path, info.Name, progress: progress, ct: cancellationToken)))];
        }

        return CollectionImporters.Of(path) is not { } importer ? [] :
        [
            .. importer.Read(path, progress, cancellationToken).Where(read => read.Splits.ContainsKey(ImportedCollection.Test)).Select(read =>
            {
                var (info, qrels) = (Collection(read.Name, path), read.Splits[ImportedCollection.Test]);
                return new FoundTask(info, () => new RetrievalEvaluation(info, new RetrievalTask(info.Name, new MemoryCorpus(info.Name, read.Documents), [.. read.Queries.Where(query => qrels.TryGet(query.Id, out _))], qrels)));
            }),
        ];
    }

    private static List<FoundTask> OfFile(string file, TaskKind? kind, bool isNamed)
    {
        if (!TaskRecords.Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            return isNamed ? throw new CdeException($"{file}: a task's file ends in {string.Join(", ", TaskRecords.Endings)}, or is a collection as its makers publish it") : [];
        if (TaskRecords.Read(file).FirstOrDefault() is not { } first)
            return isNamed ? throw new CdeException($"{file} has no records") : [];
        // What a person names is of the kind that they say; what is met in a folder has to look like it.
        var said = KindOf(first);
        if ((isNamed ? kind ?? said : kind is null || said == kind ? said : null) is not { } known)
            return isNamed ? throw new CdeException($"{first.Place}: the fields {string.Join(", ", first.Fields.Keys)} are of no kind of task; expected {Fields}") : [];
        return [new FoundTask(Info(file, known), () => Read(Info(file, known), null))];
    }

    private static TaskInfo Info(string path, TaskKind kind) =>
        new(Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), kind, path);

    private static TaskInfo Collection(string name, string path) =>
        KnownTasks.OfCollection(name)?.Info(path) ?? new TaskInfo(name, TaskKind.Retrieval, path);

    private static (string? Train, string? Test) TrainAndTest(string folder)
    {
        foreach (var ending in TaskRecords.Endings)
        {
            if (File.Exists(Path.Combine(folder, "train" + ending)) && File.Exists(Path.Combine(folder, "test" + ending)))
                return (Path.Combine(folder, "train" + ending), Path.Combine(folder, "test" + ending));
        }

        return (null, null);
    }
}
