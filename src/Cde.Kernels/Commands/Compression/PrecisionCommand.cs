using System.Numerics.Tensors;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>Measures what fewer bits a weight cost.</summary>
public sealed class PrecisionCommand : Command<PrecisionCommandOptions, PrecisionResult>
{
    private const string Full = "float32";
    private const int Depth = 100;

    /// <inheritdoc/>
    public override string Name => "models precision";

    /// <inheritdoc/>
    public override string Summary => "Measure what fewer bits a weight cost: quality, speed and memory";

    /// <inheritdoc/>
    public override string Description =>
        "Loads the model in each precision, embeds a task with it and searches: bytes of the weights, tokens a second, how near the vectors are to those of float32, and the measure, tested query by query. "
        + "float16, int8, int4 and nf4 keep the weights so and compute in float32. --precision is of no meaning here.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["models precision --corpus dotnet-api/System.Text.Json", "models precision --model BAAI/bge-small-en-v1.5 --precisions float32,int8"];

    /// <inheritdoc/>
    public override async Task<PrecisionResult> RunAsync(PrecisionCommandOptions options, Session session, CancellationToken cancellation)
    {
        var measure = Measure.Parse(options.Measure);
        var task = session.Task(options.Corpus);
        string[] names = [Full, .. options.Precisions.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => name != Full).Distinct()];
        if (names.FirstOrDefault(name => !TorchOptions.Precisions.Contains(name)) is { } unknown)
            throw new CdeException($"--precisions: \"{unknown}\" is none; {NearestNames.Suggest(unknown, TorchOptions.Precisions)}");
        var points = new List<PrecisionPoint>();
        EmbeddingMatrix? full = null;
        EvaluationResult? best = null;
        var made = new Provenance();
        try
        {
            foreach (var name in names)
            {
                var chosen = options with { Precision = name };
                var model = session.Model(chosen);
                var context = await session.ContextAsync(chosen, model, task.Corpus, cancellation).ConfigureAwait(false);
                using var embedder = Loading.Embedder(model, context);
                var start = TimeProvider.System.GetTimestamp();
                var documents = await embedder.EmbedAsync(task.Corpus, null, session.Progress, cancellation).ConfigureAwait(false);
                var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                full ??= documents;
                try
                {
                    using var queries = await embedder.EmbedAsync(task.Queries, null, session.Progress, cancellation).ConfigureAwait(false);
                    var scores = Evaluator.Evaluate(ExactSearch.Search(queries, documents, Depth, null, null, cancellation), task.Qrels, [measure], EvaluationProfile.TrecEval);
                    best ??= scores;
                    if (name == Full)
                        made = Loading.Provenance(chosen, model, task.Corpus, context);
                    var (mean, least) = Nearness(documents, full);
                    points.Add(new PrecisionPoint(
                        name, model.WeightBytes, documents.Work is { } work ? work.Tokens / seconds : 0, mean, least, scores[measure], PairedTest.Compare(scores, best, measure, seed: options.Seed)));
                }
                finally
                {
                    if (documents != full)
                        documents.Dispose();
                }
            }
        }
        finally
        {
            full?.Dispose();
        }

        return new PrecisionResult(task.Name, options.Model, measure.Name, task.Corpus.Count, points) { Provenance = made };
    }

    /// <summary>The mean and the least cosine of the same documents' vectors.</summary>
    private static (double Mean, double Least) Nearness(EmbeddingMatrix vectors, EmbeddingMatrix full)
    {
        var (sum, least) = (0.0, 1.0);
        for (var row = 0; row < vectors.Count; row++)
        {
            var cosine = TensorPrimitives.CosineSimilarity(vectors[row], full[row]);
            sum += cosine;
            least = Math.Min(least, cosine);
        }

        return (vectors.Count > 0 ? sum / vectors.Count : 1, least);
    }
}

/// <summary>What <c>models precision</c> takes.</summary>
public sealed record PrecisionCommandOptions : ContextOptions
{
    /// <summary>The precisions.</summary>
    [Option("Precisions to measure beside float32, as a list with commas", ValueName = "LIST")]
    public string Precisions { get; init; } = "bfloat16,float16,int8,int4,nf4";

    /// <summary>The measure.</summary>
    [Option("What is measured", ValueName = "NAME")]
    public string Measure { get; init; } = "nDCG@10";
}
