using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Commands;

/// <summary>Turns collections and training files of many layouts into folders that every other command reads.</summary>
public sealed class DatasetsImportCommand : Command<DatasetsImportOptions, DatasetsImportResult>
{
    /// <inheritdoc/>
    public override string Name => "datasets import";

    /// <inheritdoc/>
    public override string Summary => "Turn collections and training files into folders that evaluate and train read";

    /// <inheritdoc/>
    public override string Description =>
        "Reads collections as their makers publish them (" + string.Join(", ", CollectionImporters.Names) + ") and training examples (" + string.Join(", ", TrainingForms.Names)
        + "). --write task writes a folder as BEIR lays it out for each collection or domain, for evaluate; --write pairs writes a file of training examples for each, and the folder of them is "
        + "a corpus with a domain a file, for train and batches. Training examples come from the split train where a collection has one, else from all its queries: leave collections out that "
        + "you test on. A malformed line is named by file, line and field; --skip-bad leaves such lines out and counts them.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "datasets import collections/scifact collections/cacm --write task --out data",
        "datasets import collections/medquad collections/pubmedqa pairs.jsonl --write pairs --titles --skip-bad --out mix",
    ];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override Task<DatasetsImportResult> RunAsync(DatasetsImportOptions options, Session session, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var folder = options.Out ?? throw new UsageException("datasets import: --out is missing: the folder to write");
            var writer = new Writer(folder, options);
            foreach (var source in options.Sources)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!Path.Exists(source))
                    throw new CdeException($"{source} does not exist");
                if (CollectionImporters.Of(source) is { } importer)
                {
                    foreach (var collection in importer.Read(source, session.Progress, cancellation))
                        writer.Write(importer.Name, collection);
                }
                else
                {
                    foreach (var file in Directory.Exists(source) ? TrainingFiles(source) : [source])
                        writer.Write(TrainingFile.Read(file, new TrainingFileOptions { SkipBad = options.SkipBad, Instructions = options.Instructions() }, cancellation));
                }
            }

            return new DatasetsImportResult(folder, writer.Written, writer.Skipped, writer.Problems);
        },
        cancellation);

    private static IReadOnlyList<string> TrainingFiles(string folder)
    {
        string[] endings = [".jsonl", ".json", ".csv", ".tsv", ".tab", ".data"];
        var files = Directory.GetFiles(folder).Where(file => endings.Contains(Path.GetExtension(file).ToLowerInvariant()) && Path.GetFileName(file) != InstructionTable.FileName)
            .Order(StringComparer.Ordinal).ToList();
        return files.Count > 0
            ? files
            : throw new CdeException($"{folder} is of no layout that is read ({string.Join(", ", CollectionImporters.Names)}), and has no files of training examples");
    }

    /// <summary>Writes what was read, each part under a name of its own.</summary>
    private sealed class Writer(string folder, DatasetsImportOptions options)
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);
        private readonly List<ImportedPart> _written = [];
        private readonly List<string> _problems = [];

        public IReadOnlyList<ImportedPart> Written => _written;

        public IReadOnlyList<string> Problems => _problems;

        public long Skipped { get; private set; }

        public void Write(string layout, ImportedCollection collection)
        {
            var path = Claim(collection.Name);
            if (collection.QueriesWithoutText is { Count: > 0 } empty)
            {
                Skipped += empty.Count;
                _problems.Add($"{collection.Name}: {(empty.Count == 1 ? "a query" : $"{empty.Count} queries")} without text, such as {empty[0]}");
            }

            if (options.Write == DatasetsImportOptions.Pairs)
            {
                var instructions = options.Instructions();
                WriteExamples(path, collection.Name, layout, collection.Examples(options.Titles).Select(instructions.Apply));
                return;
            }

            CollectionFolder.Write(path, collection);
            var judged = collection.Splits.ToDictionary(split => split.Key, split => split.Value.QueryIds.Count);
            _written.Add(new ImportedPart(collection.Name, layout, path, collection.Documents.Count, judged.GetValueOrDefault(ImportedCollection.Test), judged.GetValueOrDefault(ImportedCollection.Train), 0));
        }

        public void Write(TrainingFileContent content)
        {
            if (options.Write != DatasetsImportOptions.Pairs)
                throw new CdeException($"{content.Path} holds training examples, which are no task to test on; import it with --write pairs");
            Skipped += content.Skipped;
            _problems.AddRange(content.Problems);
            foreach (var domain in content.Examples.GroupBy(example => example.Domain))
                WriteExamples(Claim(domain.Key), domain.Key, content.Form.Name, domain);
        }

        private void WriteExamples(string path, string name, string layout, IEnumerable<TrainingExample> examples)
        {
            var written = CollectionFolder.WriteExamples(path + ".jsonl", examples);
            _written.Add(new ImportedPart(name, layout, path + ".jsonl", 0, 0, 0, written));
        }

        private string Claim(string name)
        {
            var safe = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')).Trim('.');
            if (safe.Length == 0 || !_names.Add(safe))
                throw new CdeException($"{options.Out}: two of the sources give the name {(safe.Length == 0 ? name : safe)}; import them into folders of their own");
            return Path.Combine(folder, safe);
        }
    }
}

/// <summary>What <c>datasets import</c> takes.</summary>
public sealed record DatasetsImportOptions : CommandOptions
{
    /// <summary>The word for training examples.</summary>
    public const string Pairs = "pairs";

    /// <summary>What to read.</summary>
    [Argument(0, "Collections (files or folders) and files of training examples", ValueName = "SOURCE", Required = true, Completes = Completes.Files)]
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What to write.</summary>
    [Option("Write retrieval tasks (a BEIR folder each) or training pairs (a JSONL file each)", Choices = ["task", Pairs])]
    public string Write { get; init; } = "task";

    /// <summary>Whether titles are queries.</summary>
    [Option("With --write pairs: the title of a document is a query for its text as well")]
    public bool Titles { get; init; }

    /// <summary>Whether malformed lines are left out.</summary>
    [Option("Leave malformed lines of training files out and count them, where otherwise the first one ends the command")]
    public bool SkipBad { get; init; }

    /// <summary>The instruction of queries.</summary>
    [Option("With --write pairs: instruction of queries that bring none; {} stands for the query, which otherwise follows", ValueName = "TEXT")]
    public string? QueryInstruction { get; init; }

    /// <summary>The instruction of documents.</summary>
    [Option("With --write pairs: instruction put in front of documents that bring none; {} stands for the document", ValueName = "TEXT")]
    public string? DocumentInstruction { get; init; }

    /// <summary>The instructions as a table.</summary>
    internal InstructionTable Instructions() => new(new Dictionary<string, Instructions> { ["*"] = new(QueryInstruction, DocumentInstruction) });
}

/// <summary>What was imported.</summary>
/// <param name="Folder">Where it was written.</param>
/// <param name="Parts">The folders and files that were written.</param>
/// <param name="Skipped">Malformed lines of training files, and queries without text, that were left out.</param>
/// <param name="Problems">What was wrong with the first of them in each file.</param>
public sealed record DatasetsImportResult(string Folder, IReadOnlyList<ImportedPart> Parts, long Skipped, IReadOnlyList<string> Problems) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe()
    {
        var blocks = new List<Block>
        {
            new Paragraph($"{Shown.Count(Parts.Count)} {(Parts.Count == 1 ? "part" : "parts")} written to {Folder}"),
            new Table(["name", "layout", ">documents", ">test queries", ">train queries", ">examples"], [.. Parts.Select(part => (IReadOnlyList<string>)
                [part.Name, part.Layout, Number(part.Documents), Number(part.TestQueries), Number(part.TrainQueries), Number(part.Examples)])]),
        };
        if (Skipped > 0)
        {
            blocks.Add(new Paragraph($"{Shown.Count(Skipped)} malformed {(Skipped == 1 ? "line" : "lines")} left out"));
            blocks.Add(new Table(["what was wrong"], [.. Problems.Take(10).Select(problem => (string[])[problem])]));
        }

        return new View(blocks);
    }

    private static string Number(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>A folder or file that was written.</summary>
/// <param name="Name">The collection or domain.</param>
/// <param name="Layout">How the source was laid out.</param>
/// <param name="Path">What was written.</param>
/// <param name="Documents">Documents of a task.</param>
/// <param name="TestQueries">Judged queries for testing.</param>
/// <param name="TrainQueries">Judged queries for training.</param>
/// <param name="Examples">Training examples.</param>
public sealed record ImportedPart(string Name, string Layout, string Path, int Documents, int TestQueries, int TrainQueries, long Examples);
