using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Models;

namespace Cde.Kernels.Commands;

/// <summary>The values that complete a parameter.</summary>
public static class CompletionNames
{
    /// <summary>The values; empty where any text will do or the host completes files itself.</summary>
    public static IEnumerable<string> Of(ParameterDefinition parameter) => parameter.Completes switch
    {
        Completes.Corpora => DatasetCatalog.List().Select(card => card.Name),
        Completes.Contexts => [Loading.Own, Loading.None, RandomStringsSampler.SamplerName, .. SavedContexts.Names(), .. DatasetCatalog.List().Select(card => card.Name)],
        Completes.SavedContexts => SavedContexts.Names(),
        Completes.Systems => [Ranking.Words, Ranking.Hybrid, .. KnownModels.List.Select(card => card.Name)],
        Completes.Models => KnownModels.List.Select(card => card.Name),
        _ => parameter.Choices,
    };
}
