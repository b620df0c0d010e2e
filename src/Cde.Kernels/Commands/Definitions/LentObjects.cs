using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;

namespace Cde.Kernels.Commands;

/// <summary>Which objects of a notebook can stand where an option names something, such as <c>--corpus @docs</c>.</summary>
internal static class LentObjects
{
    /// <summary>The object in the form in which commands take it, or the text that names it; null where the option takes no such object.</summary>
    /// <param name="kind">What the option names.</param>
    /// <param name="name">What a corpus is called that has no name: the variable's.</param>
    /// <param name="value">The object.</param>
    public static object? Convert(Completes kind, string name, object value) => kind switch
    {
        Completes.Corpora => Documents(name, value),
        Completes.Models => value switch
        {
            EmbeddingModel model => model,
            ModelInfoResult info => info.Folder,
            TrainResult { Model: { } folder } => folder,
            _ => null,
        },
        Completes.Contexts => Context(value) ?? Documents(name, value),
        Completes.SavedContexts => Context(value),
        Completes.Runs => Run(value),
        Completes.Systems => Run(value) ?? Convert(Completes.Models, name, value),
        _ => null,
    };

    /// <summary>What an option takes, in words; null where it takes no object.</summary>
    public static string? Expected(Completes kind) => kind switch
    {
        Completes.Corpora => "a Corpus, Dataset, RetrievalTask, a list of documents or texts, or the result of minicorpus",
        Completes.Models => "an EmbeddingModel, or the result of models info or of a finished training",
        Completes.Contexts => "a CorpusContext, the result of context build, or a corpus",
        Completes.SavedContexts => "a CorpusContext, or the result of context build",
        Completes.Runs => "a RankedRun, or the result of evaluate",
        Completes.Systems => "a RankedRun, an EmbeddingModel, or the result of evaluate, models info or a finished training",
        _ => null,
    };

    private static CorpusContext? Context(object value) => value switch
    {
        CorpusContext context => context,
        ContextResult { Context: { } context } => context,
        _ => null,
    };

    private static RankedRun? Run(object value) => value switch
    {
        RankedRun run => run,
        EvaluateResult { Ranking: { } run } => run,
        _ => null,
    };

    private static object? Documents(string name, object value) => value switch
    {
        Corpus or Dataset or RetrievalTask => value,
        MinicorpusResult { Sample: { } sample } => Distinct(sample),
        Minicorpus sample => Distinct(sample),
        IEnumerable<Document> documents => new MemoryCorpus(name, documents),
        IEnumerable<string> texts => new MemoryCorpus(name, texts.Select((text, row) => new Document($"{row}", text))),
        _ => null,
    };

    /// <summary>The documents of a minicorpus, each once: a small corpus is sampled with repetition.</summary>
    private static MemoryCorpus Distinct(Minicorpus sample) => new($"minicorpus of {sample.Source.Name}", sample.Documents.DistinctBy(document => document.Id));
}
