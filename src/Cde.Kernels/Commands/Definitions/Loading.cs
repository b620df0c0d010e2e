using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Rerankers;

namespace Cde.Kernels.Commands;

/// <summary>Loads what options name: corpora, models, contexts, embedders. What is slow to load stays in the session; objects that a notebook lends to a command (<c>@name</c>) stand in for names.</summary>
public static class Loading
{
    /// <summary>The context names that are no saved context.</summary>
    public const string Own = "own", None = "none";

    /// <summary>The dataset that a corpus name or path stands for.</summary>
    /// <exception cref="CdeException">There is none of that name, or documents were lent, which are no dataset.</exception>
    public static Dataset Dataset(this Session session, string corpus) => session.Lent<Dataset>(corpus) ?? (session.Lent<object>(corpus) is { } lent
        ? throw new CdeException($"{corpus}: a dataset is needed, with card and queries; {lent.GetType().Name} is none")
        : session.Load($"dataset {corpus}", () => DatasetCatalog.Open(corpus, progress: session.Progress)));

    /// <summary>As <see cref="Dataset(Session, string)"/>, for training: files of single texts are training data too, and malformed records may be left out.</summary>
    public static Dataset TrainingDataset(this Session session, string corpus, bool skipBad) => session.Lent<object>(corpus) is not null
        ? session.Dataset(corpus)
        : session.Load($"training data {corpus} {skipBad}", () => DatasetCatalog.OpenTraining(corpus, skipBad, session.Progress));

    /// <summary>Says how many malformed records of a dataset were left out, where any were.</summary>
    public static void NoteSkipped(this Session session, Dataset dataset)
    {
        if (dataset.SkippedRecords > 0)
            session.Display.Note($"{dataset.Name}: {dataset.SkippedRecords} malformed records left out; the first: {dataset.FirstProblem}");
    }

    /// <summary>The documents of a corpus.</summary>
    public static Corpus Corpus(this Session session, string corpus) =>
        session.Lent<Corpus>(corpus) ?? session.Lent<RetrievalTask>(corpus)?.Corpus ?? session.Dataset(corpus).Corpus();

    /// <summary>The task of a corpus: documents, queries and judgements.</summary>
    /// <exception cref="CdeException">It has documents alone.</exception>
    public static RetrievalTask Task(this Session session, string corpus) => session.Lent<RetrievalTask>(corpus) ?? (session.Lent<Corpus>(corpus) is null
        ? session.Dataset(corpus).Task()
        : throw new CdeException($"{corpus} has documents alone, no queries and judgements; give a RetrievalTask"));

    /// <summary>As <see cref="Task"/>; null where the corpus has documents alone.</summary>
    public static RetrievalTask? TaskOrNull(this Session session, string corpus) => session.Lent<RetrievalTask>(corpus)
        ?? (session.Lent<Corpus>(corpus) is null && session.Dataset(corpus) is { HasTask: true } dataset ? dataset.Task() : null);

    /// <summary>The model that the options name, which has to take a context.</summary>
    /// <exception cref="CdeException">It is a plain model.</exception>
    public static EmbeddingModel ContextualModel(this Session session, ModelOptions options) => session.Model(options) is { IsContextual: true } model
        ? model
        : throw new CdeException($"{options.Model} takes no context: it embeds each text on its own; choose a contextual model");

    /// <summary>The model that the options name.</summary>
    /// <exception cref="CdeException">It is not known, has not been downloaded, or is word search.</exception>
    public static EmbeddingModel Model(this Session session, ModelOptions options) => session.Lent<EmbeddingModel>(options.Model) ?? session.Load(
        $"model {options.Model} {options.Device} {options.Precision}",
        () => options.Model == Ranking.Words && !KnownModels.IsFolder(options.Model)
            ? throw new CdeException(
                $"model \"{options.Model}\" is word search, which makes no vectors; search and evaluate have --method {Ranking.Words}, batches of pairs clustered by their words --cluster-by {Ranking.Words} (batches) and clusters.model={Ranking.Words} (train)")
            : KnownModels.Load(options.Model, TorchOptions.Device(options.Device), TorchOptions.Precision(options.Precision), storage: TorchOptions.Storage(options.Precision)));

    /// <summary>A cross-encoder or multi-vector model by name or folder, on the device and in the precision of the options.</summary>
    public static IReranker Reranker(this Session session, string name, ModelOptions options) => session.Load(
        $"reranker {name} {options.Device} {options.Precision}",
        () => RerankerFolder.Load(
            KnownModels.FolderOf(name) ?? throw new CdeException($"model \"{name}\" has not been downloaded; get it with: {ProgramName.Typed} models download {name}"),
            TorchOptions.Device(options.Device),
            TorchOptions.Precision(options.Precision),
            TorchOptions.Storage(options.Precision)));

    /// <summary>The context that the options name, built or read; null for a plain model.</summary>
    public static async Task<CorpusContext?> ContextAsync(this Session session, ContextOptions options, EmbeddingModel model, Corpus corpus, CancellationToken cancellation)
    {
        if (!model.IsContextual)
        {
            return options.Context is Own or None
                ? null
                : throw new CdeException($"--context {options.Context}: {model.Name} is a plain model and takes no context; leave the option out");
        }

        if (session.Lent<CorpusContext>(options.Context) is { } lent)
            return lent;
        switch (options.Context)
        {
            case None:
                return CorpusContext.Null(model);
            case Own:
                return await BuildAsync(corpus, new RandomSampler()).ConfigureAwait(false);
            case RandomStringsSampler.SamplerName:
                return await BuildAsync(null, new RandomStringsSampler()).ConfigureAwait(false);
        }

        if (SavedContexts.Find(options.Context) is { } folder)
            return CorpusContext.Load(folder);
        var meant = NearestNames.Find(options.Context, [Own, None, RandomStringsSampler.SamplerName, .. SavedContexts.Names()]);
        return meant.Count == 0 || session.Lent<object>(options.Context) is not null || DatasetCatalog.Has(options.Context)
            ? await BuildAsync(session.Corpus(options.Context), new RandomSampler()).ConfigureAwait(false)
            : throw new CdeException($"--context {options.Context}: neither a context nor a dataset; did you mean {string.Join(", ", meant)}?");

        Task<CorpusContext> BuildAsync(Corpus? source, IMinicorpusSampler sampler) => ContextBuilder.BuildAsync(
            model, source, sampler, options.ContextSize, options.Seed, new EmbedOptions { Cache = EmbeddingCache.Default }, session.Progress, cancellation);
    }

    /// <summary>A saved context, and its folder; the folder is empty for one that is lent.</summary>
    /// <exception cref="CdeException">There is none of that name.</exception>
    public static (CorpusContext Context, string Folder) SavedContext(this Session session, string name)
    {
        if (session.Lent<CorpusContext>(name) is { } lent)
            return (lent, "");
        var folder = SavedContexts.Find(name)
            ?? throw new CdeException($"{name}: no saved context of this name, hash or folder ({NearestNames.Suggest(name, SavedContexts.Names())})");
        return (CorpusContext.Load(folder), folder);
    }

    /// <summary>The run of a TREC run file.</summary>
    public static RankedRun Run(this Session session, string file) => session.Lent<RankedRun>(file) ?? RunFile.Read(file);

    /// <summary>An embedder over the model and context; the caller disposes of it.</summary>
    public static ITextEmbedder Embedder(EmbeddingModel model, CorpusContext? context) =>
        context is null ? TextEmbedder.For(model) : new ContextualEmbedder(model, context);

    /// <summary>Everything that a result of these options was made from.</summary>
    public static Provenance Provenance(ContextOptions options, EmbeddingModel model, Corpus corpus, CorpusContext? context) =>
        ModelProvenance.Of(model, corpus.Name, corpus.Hash, options.Seed, context?.Hash);
}
