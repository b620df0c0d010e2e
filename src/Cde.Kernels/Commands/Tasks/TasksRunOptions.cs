using Cde.Workbench.Evaluation;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>What <c>tasks run</c> takes.</summary>
public sealed record TasksRunOptions : CommandOptions
{
    /// <summary>Where tasks lie.</summary>
    [Argument(0, "Tasks: files or folders, as tasks list finds them", Required = true, Completes = Completes.Files)]
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>The kind.</summary>
    [Option("Take the files for tasks of this kind; what their fields say where left out", Choices = ["retrieval", "reranking", "sts", "pairclassification", "classification", "clustering", "summarisation"])]
    public string? Kind { get; init; }

    /// <summary>The model.</summary>
    [Option("Model: a name (see models list), or a model folder", ValueName = "NAME", Completes = Completes.Models)]
    public string Model { get; init; } = "cde-mini";

    /// <summary>The cross-encoder.</summary>
    [Option("Cross-encoder: it puts the candidates of reranking tasks in order by itself, and orders anew what the model finds in retrieval", ValueName = "NAME", Completes = Completes.Models)]
    public string? Rerank { get; init; }

    /// <summary>How many documents it reads.</summary>
    [Option("Retrieval: documents a query that --rerank reads", Min = 1, Max = 100_000)]
    public int RerankTop { get; init; } = Reranking.DefaultTop;

    /// <summary>The context.</summary>
    [Option("Context of a contextual model: own (sampled from the task's texts), none, random-strings, a corpus' name, or a saved context", ValueName = "NAME", Completes = Completes.Contexts)]
    public string Context { get; init; } = Loading.Own;

    /// <summary>What is put in front of queries.</summary>
    [Option("Put this in front of queries (default: what the model's family wants for the kind of task)", ValueName = "TEXT")]
    public string? QueryInstruction { get; init; }

    /// <summary>What is put in front of other texts.</summary>
    [Option("Put this in front of documents, and of all texts of tasks without queries", ValueName = "TEXT")]
    public string? DocumentInstruction { get; init; }

    /// <summary>Where results are written.</summary>
    [Option("Write results into this folder: MODEL/TASK.json as MTEB's, and MODEL/items/TASK.json for compare", ValueName = "FOLDER", Completes = Completes.Files)]
    public string? Save { get; init; }

    /// <summary>Draws of training texts.</summary>
    [Option("Classification: draws of training texts; clustering of one set: starts", Min = 1, Max = 1000)]
    public int Draws { get; init; } = new TaskOptions().Draws;

    /// <summary>Texts for each label.</summary>
    [Option("Classification: training texts for each label", Min = 1, Max = 10_000)]
    public int SamplesPerLabel { get; init; } = new TaskOptions().SamplesPerLabel;

    /// <summary>How deep to search.</summary>
    [Option("Retrieval: documents to find for each query", Min = 10, Max = 100_000)]
    public int Depth { get; init; } = new TaskOptions().Depth;

    /// <summary>Where tensors live.</summary>
    [Option("Where to compute", Choices = ["cpu", "cuda"])]
    public string Device { get; init; } = "cpu";

    /// <summary>The floating-point type of the computation.</summary>
    [Option("Type to compute in; float16, int8, int4 and nf4 keep the weights so and compute in float32", Choices = ["float32", "bfloat16", "float16", "int8", "int4", "nf4"])]
    public string Precision { get; init; } = "float32";

    /// <summary>The seed.</summary>
    [Option("Seed of draws, clusters, contexts and intervals", Min = 0)]
    public long Seed { get; init; } = new TaskOptions().Seed;
}
