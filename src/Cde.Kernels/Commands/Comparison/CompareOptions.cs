using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>What <c>compare</c> takes.</summary>
public sealed record CompareOptions : CommandOptions
{
    /// <summary>The systems.</summary>
    [Argument(0, "What to compare, two or more: models, bm25, TREC run files, score files of evaluate --save-scores, or folders of those", Required = true, ValueName = "SYSTEMS", Completes = Completes.Systems)]
    public IReadOnlyList<string> Systems { get; init; } = [];

    /// <summary>The tasks.</summary>
    [Option("Task to compare on: a corpus with queries and judgements; may be repeated (default dotnet-api/System.Text.Json, or the tasks of the score files)", ValueName = "NAME", Completes = Completes.Corpora)]
    public IReadOnlyList<string> Corpus { get; init; } = [];

    /// <summary>Judgements of run files whose corpus is not at hand.</summary>
    [Option("Judgements to score run files by where no corpus is named", ValueName = "FILE", Completes = Completes.Files)]
    public string? Qrels { get; init; }

    /// <summary>The measure.</summary>
    [Option("The measure that is compared (default nDCG@10, or main_score for the scores that tasks run saved)", ValueName = "NAME")]
    public string? Measure { get; init; }

    /// <summary>The system that the others are compared with.</summary>
    [Option("Compare each other system with this one alone; only these pairs are tested and corrected for (default: every pair)", ValueName = "SYSTEM", Completes = Completes.Systems)]
    public string? Baseline { get; init; }

    /// <summary>The rules.</summary>
    [Option("Count by the rules of this tool", Choices = ["trec_eval", "beir", "mteb", "sentence-transformers"])]
    public string Profile { get; init; } = EvaluationProfile.TrecEval.Name;

    /// <summary>The test.</summary>
    [Option("The test that decides; scores that are no mean of items (correlations, average precision over all pairs, V-measure) are always compared by the bootstrap", Choices = ["randomisation", "t", "wilcoxon", "sign", "bootstrap"])]
    public string Test { get; init; } = "randomisation";

    /// <summary>The correction for many tests.</summary>
    [Option("Correction of the p values for the number of tests", Choices = ["holm", "bonferroni", "benjamini-hochberg", "none"])]
    public string Correction { get; init; } = "holm";

    /// <summary>The level.</summary>
    [Option("Level: corrected p values up to it are called significant", Min = 0.000001, Max = 0.999999)]
    public double Alpha { get; init; } = 0.05;

    /// <summary>How often is drawn.</summary>
    [Option("Random sign vectors of the test, and draws of the bootstrap", Min = 1, Max = 10_000_000)]
    public int Draws { get; init; } = PairedTest.DefaultDraws;

    /// <summary>How many queries are shown.</summary>
    [Option("Queries or items to show with the largest gains, and as many with the largest losses, of the first system against each other, or of each against the baseline", Min = 0, Max = 10_000)]
    public int Show { get; init; } = 5;

    /// <summary>Every query's scores.</summary>
    [Option("Write every query's text and scores to this file, tab-separated", ValueName = "FILE", Completes = Completes.Files)]
    public string? PerQuery { get; init; }

    /// <summary>How deep models search.</summary>
    [Option("Documents that models and bm25 find for each query", Min = 1, Max = 100_000)]
    public int Depth { get; init; } = 100;

    /// <summary>Where tensors live.</summary>
    [Option("Where to compute", Choices = ["cpu", "cuda"])]
    public string Device { get; init; } = "cpu";

    /// <summary>The floating-point type of the computation.</summary>
    [Option("Type to compute in; float16, int8, int4 and nf4 keep the weights so and compute in float32", Choices = ["float32", "bfloat16", "float16", "int8", "int4", "nf4"])]
    public string Precision { get; init; } = "float32";

    /// <summary>The seed.</summary>
    [Option("Seed of contexts, tests and intervals", Min = 0)]
    public long Seed { get; init; } = 1;

    /// <summary>The options of the library.</summary>
    /// <param name="baseline">The baseline's position.</param>
    internal ComparisonOptions ToComparison(int? baseline) => new()
    {
        Baseline = baseline,
        Test = Enum.Parse<PairedTestKind>(Test, ignoreCase: true),
        Correction = Enum.Parse<PValueCorrection>(Correction.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
        Alpha = Alpha,
        Draws = Draws,
        Seed = Seed,
    };
}
