using System.Text.Json;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Mining;
using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Models;

namespace Cde.Kernels.Commands;

/// <summary>Mines hard negatives, with a reason for each, and takes decisions on those that may be answers.</summary>
public sealed class MineCommand : Command<MineOptions, MineResult>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public override string Name => "mine";

    /// <inheritdoc/>
    public override string Summary => "Mine hard negatives, and review those that may be answers";

    /// <inheritdoc/>
    public override string Description =>
        "Searches the pool for every query of the corpus and keeps documents that score high but do not answer it. Each is kept or dropped by a named rule (--reasons writes them all). "
        + "Those that score so near to the positive that they may be answers are listed with numbers: --reject and --accept decide on them, --review keeps the decisions for later runs. "
        + "--out writes training examples.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "mine --corpus dotnet-api/System.Linq --out negatives.jsonl",
        "mine --corpus dotnet-api/System.Linq --review review.jsonl --reject 1,3 --accept 2",
        "mine --corpus scifact --runs bm25.run --runs dense.run --scores cross-encoder.jsonl --preset ms-marco --out negatives.jsonl",
        "mine --corpus pairs.jsonl --preset flag-embedding --range 2-200 --count 15 --form flag --out mined.jsonl",
    ];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override async Task<MineResult> RunAsync(MineOptions options, Session session, CancellationToken cancellation)
    {
        var mining = options.ToMiningOptions();
        mining.Validate();
        var (accepted, rejected) = (MineOptions.Numbers("--accept", options.Accept), MineOptions.Numbers("--reject", options.Reject));
        if (accepted.Count + rejected.Count > 0 && options.Review is null)
            throw new UsageException("mine: --accept and --reject need --review FILE, where decisions are kept");
        if (options.Runs.Count > 0 && options is not { Pool: null, Count: null, Range: null, Choice: null })
            throw new UsageException("mine: --runs brings its own lists; leave --pool, --count, --range and --choice out, --per-system says how many");
        if (options is { Runs.Count: > 0, Reranker: not null })
            throw new UsageException("mine: --reranker scores what a search finds; leave --runs out, or give the scores of its documents with --scores");
        if (options is { Scores: not null, Reranker: not null })
            throw new UsageException("mine: --scores and --reranker both give a cross-encoder's scores; leave one out");
        var reranker = options.Reranker is { } reader ? session.Reranker(reader, options) : null;
        var data = Data(options, session);
        var model = session.Model(options);
        var corpus = session.Corpus(options.Pool ?? options.Corpus);
        var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        using var vectors = await Vectors(embedder, data, session, cancellation).ConfigureAwait(false);
        using var guideModel = options.Guide is { } name ? Guide(name) : null;
        using var guideEmbedder = guideModel is null ? null : TextEmbedder.For(guideModel);
        using var guide = guideEmbedder is null ? null : await Vectors(guideEmbedder, data, session, cancellation).ConfigureAwait(false);
        return await Task.Run(() => Mine(), cancellation).ConfigureAwait(false);

        MineResult Mine()
        {
            var scores = options.Scores is { } file ? FileScores.Read(file, data) : null;
            var guideScores = guide is null ? null : new GuideScores(guide);
            ReviewDecisions Decisions() => options.Review is { } review ? ReviewDecisions.Read(review, data) : ReviewDecisions.None;
            var run = options.Runs.Count > 0 ? FromLists() : FromSearch();
            var mined = run();
            if (accepted.Count + rejected.Count > 0)
            {
                new MineResult(mined, options).Decide(accepted, rejected);
                mined = run();
            }

            if (options.Reasons is { } reasons)
                AtomicFile.Write(reasons, stream => WriteReasons(stream, mined));
            var written = options.Out is { } path ? MinedFile.Write(path, mined, options.MinedForm) : (int?)null;
            return new MineResult(mined, options) { Lines = written, Provenance = Loading.Provenance(options, model, corpus, context) };

            Func<MinedNegatives> FromLists()
            {
                RankedRun[] lists = [.. options.Runs.Select(RunFile.Read)];
                ICandidateScores compared = scores ?? (ICandidateScores)new GuideScores(vectors);
                return () => new ListedNegatives(data, mining) { PerSystem = options.PerSystem, Guide = guideScores, Decisions = Decisions() }.Mine(lists, compared, session.Progress, cancellation);
            }

            Func<MinedNegatives> FromSearch()
            {
                var depth = new HardNegativeMiner(data, mining).Depth;
                var (found, positives) = CandidateSearch.Run(data, vectors, depth, session.Progress, cancellation);
                ICandidateScores? rescored = reranker is null ? scores : RerankerScores.Of(reranker, data, found, session.Progress, cancellation);
                return () => new HardNegativeMiner(data, mining) { Guide = guideScores, Rescored = rescored, Decisions = Decisions() }.Mine(found, positives, session.Progress, cancellation);
            }
        }
    }

    private static MiningData Data(MineOptions options, Session session)
    {
        if (options.Runs.Count > 0)
            return MiningData.Of(session.Task(options.Corpus)); // runs name queries and documents by their ids
        var pool = options.Pool is { } name ? session.Corpus(name) : null;
        if (session.Lent<RetrievalTask>(options.Corpus) is { } lent)
            return MiningData.Of(lent);
        var dataset = session.Dataset(options.Corpus);
        if (dataset.Card.Form == DatasetForm.Training)
            return MiningData.Of(dataset.TrainingExamples(), pool);
        var examples = dataset.TrainingExamples();
        return examples.Any(example => example.Positives.Count > 0) ? MiningData.Of(examples, pool ?? dataset.Corpus()) : MiningData.Of(session.Task(options.Corpus));
    }

    private static Task<GuideStore> Vectors(ITextEmbedder embedder, MiningData data, Session session, CancellationToken cancellation) =>
        GuideStore.BuildAsync(embedder, [.. data.Queries.Select(query => query.Text)], data.Pool, EmbeddingCache.Default, session.Progress, cancellation);

    private static EmbeddingModel Guide(string name)
    {
        var model = KnownModels.Load(name);
        if (!model.IsContextual)
            return model;
        model.Dispose();
        throw new CdeException($"--guide {name} is contextual; choose a plain model, whose vectors do not depend on a context");
    }

    private static void WriteReasons(Stream stream, MinedNegatives mined)
    {
        foreach (var query in mined.Queries)
        {
            var text = mined.Data.Queries[query.Query].Text;
            foreach (var kept in query.Negatives)
                Line(new { Query = text, Document = mined.Data.PoolIds[kept.Row], kept.Rank, kept.Score, Kept = kept.Reason, kept.GuideScore, Positive = query.Reference, Suspect = kept.IsSuspect });
            foreach (var dropped in query.Dropped)
                Line(new { Query = text, Document = mined.Data.PoolIds[dropped.Row], dropped.Rank, dropped.Score, Dropped = dropped.Rule, Positive = query.Reference });
        }

        void Line<T>(T line)
        {
            JsonSerializer.Serialize(stream, line, Json);
            stream.WriteByte((byte)'\n');
        }
    }
}
