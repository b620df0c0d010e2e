using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Training;

[assembly: AssemblyFixture(typeof(Cde.Kernels.Tests.TinyWorkspace))]

namespace Cde.Kernels.Tests;

/// <summary>A cache folder of the tests' own, and two untrained models of a few thousand numbers, made once for all tests of the project.</summary>
public sealed class TinyWorkspace : IDisposable
{
    private static readonly TrainingOptions Shape = new()
    {
        Steps = 3,
        Model = new() { Width = 16, Layers = 2, Heads = 2, Inner = 32, VocabularySize = 300, MaxTokens = 32 },
        Context = new() { Size = 6 },
        Schedule = new() { WarmupSteps = 1 },
        Batch = new() { Size = 2 },
    };

    public TinyWorkspace()
    {
        Folder = Directory.CreateTempSubdirectory("cde-tests-").FullName;
        Environment.SetEnvironmentVariable("CDE_CACHE", Path.Combine(Folder, "cache"));
        var task = BeirFolder.Open(CorpusPath);
        IReadOnlyList<TrainingDomain> domains = [TrainingDomain.From(task)];
        task.Corpus.Dispose();
        new TrainingRun(Path.Combine(Folder, "run"), Shape, domains).WriteUntrained(Model, CancellationToken.None);
        new TrainingRun(Path.Combine(Folder, "plain-run"), Shape with { Model = Shape.Model with { Architecture = TrainedArchitecture.BiEncoder } }, domains).WriteUntrained(PlainModel, CancellationToken.None);
    }

    /// <summary>Everything the tests write.</summary>
    public string Folder { get; }

    /// <summary>16 documents, 5 queries.</summary>
    public static string CorpusPath => Path.Combine(TestFolders.Fixtures, "beir-tiny");

    /// <summary>A contextual model with contexts of six documents.</summary>
    public string Model => Path.Combine(Folder, "tiny");

    /// <summary>A plain model.</summary>
    public string PlainModel => Path.Combine(Folder, "tiny-plain");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
