using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Search;

namespace Cde.Kernels.Tests.Docs;

/// <summary>The C# example of README.md, compiled. <see cref="DocumentedExampleTests"/> checks that both say the same.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        // begin
        using var model = KnownModels.Load("cde-mini");
        var corpus = DotNetApi.Load().Assembly("System.Text.Json").Corpus;
        var context = await ContextBuilder.BuildAsync(model, corpus, new RandomSampler(), seed: 1);
        using var embedder = new ContextualEmbedder(model, context);
        using var documents = await embedder.EmbedAsync(corpus);
        using var queries = await embedder.EmbedAsync([new Query("q", "skip a property when its value is null")]);
        foreach (var hit in ExactSearch.Search(queries, documents, k: 3)["q"])
            Console.WriteLine($"{hit.Score:0.000}  {hit.DocumentId}");
        // end
    }
}
