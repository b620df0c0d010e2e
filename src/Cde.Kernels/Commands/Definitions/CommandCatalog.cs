using Cde.Kernels.Cells;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>Every command, in the order in which help lists them: the order of the work.</summary>
public static class CommandCatalog
{
    private static readonly Catalog<CommandDefinition> Commands = new(
        "command",
        command => [command.Name],
        new DemoCommand(),
        new DatasetsListCommand(),
        new DatasetsInfoCommand(),
        new DatasetsImportCommand(),
        new ModelsListCommand(),
        new ModelsInfoCommand(),
        new ModelsDownloadCommand(),
        new ModelsVerifyCommand(),
        new PrecisionCommand(),
        new ModelsExportCommand(),
        new ModelsPushCommand(),
        new MinicorpusCommand(),
        new ContextBuildCommand(),
        new ContextShowCommand(),
        new ContextCompareCommand(),
        new ContextInfluenceCommand(),
        new ContextSensitivityCommand(),
        new ContextStudyCommand(),
        new EmbedCommand(),
        new SearchCommand(),
        new ExportCommand(),
        new ClustersCommand(),
        new MapCommand(),
        new MineClassesCommand(), // before mine, as rounds
        new MineRoundsCommand(), // before mine, whose name its own begins with
        new MineCommand(),
        new BatchesCommand(),
        new TrainCommand(),
        new ReportCommand(),
        new EvaluateCommand(),
        new Bm25TuneCommand(),
        new CompareCommand(),
        new TasksListCommand(),
        new TasksRunCommand(),
        new CompressionCommand(),
        new NotebookRunCommand(NotebookEngine.Create),
        new NotebookConvertCommand(),
        new KernelInstallCommand(),
        new KernelRunCommand(),
        new KernelUninstallCommand(),
        new BenchCommand(),
        new DoctorCommand(),
        new TestCommand(),
        new ReferenceCommand());

    /// <summary>The commands: the program's, where a new one is one file and one line, then those that were added.</summary>
    public static IReadOnlyList<CommandDefinition> All => Commands.All;

    /// <summary>The commands that the program brings: what its manual describes.</summary>
    public static IReadOnlyList<CommandDefinition> Own => Commands.Own;

    /// <summary>Adds a command for as long as the process lives: <see cref="Find"/>, help and <c>#!cde</c> in later cells know it. One added before under the same name is replaced.</summary>
    /// <exception cref="CdeException">The program itself has a command of that name.</exception>
    public static void Add(CommandDefinition command) => Commands.Add(command);

    /// <summary>The command that a line begins with.</summary>
    /// <param name="words">The words of the line.</param>
    /// <returns>The command, and how many words its name took.</returns>
    /// <exception cref="UsageException">There is no such command.</exception>
    public static (CommandDefinition Command, int Words) Find(IReadOnlyList<string> words)
    {
        foreach (var command in All)
        {
            var name = command.Name.Split(' ');
            if (words.Count >= name.Length && words.Take(name.Length).SequenceEqual(name, StringComparer.Ordinal))
                return (command, name.Length);
        }

        var visible = All.Where(command => !command.IsHidden).Select(command => command.Name).ToList();
        var group = visible.Where(name => name.StartsWith(words[0] + " ", StringComparison.Ordinal)).ToList();
        if (group.Count == 0)
            throw new UsageException($"{words[0]}: no such command ({NearestNames.Suggest(words[0], visible.Select(name => name.Split(' ')[0]))})");
        var parts = group.Select(name => name[(words[0].Length + 1)..]).ToList();
        throw new UsageException(words.Count < 2 || words[1].StartsWith('-')
            ? $"{words[0]}: say what to do: {string.Join(", ", group)}"
            : $"{words[0]} {words[1]}: no such command ({NearestNames.Suggest(words[1], parts)})");
    }
}
