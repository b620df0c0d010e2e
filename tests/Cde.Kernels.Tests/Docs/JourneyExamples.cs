using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Embedding.Generators;
using Cde.Workbench.Journeys;
using Cde.Workbench.Models;
using Cde.Workbench.Search;
using Microsoft.Extensions.AI;

namespace Cde.Kernels.Tests.Docs;

/// <summary>The C# examples of docs/journeys.md and docs/embedding.md. <see cref="JourneyExampleTests"/> runs each on tiny models, and checks that the pages say the same.</summary>
internal static class JourneyExamples
{
    public static async Task CdeAsync(IReadOnlyList<string> documents, IReadOnlyList<string> queries)
    {
        // begin cde
        using var model = CdeModel.Load("jxm/cde-small-v1");
        var minicorpus = model.SampleMinicorpus(documents, seed: 1);           // 512 documents, some more than once where there are fewer
        var datasetEmbeddings = await model.EncodeDatasetAsync(minicorpus);    // the first stage, once a corpus
        using var d = await model.EncodeAsync(documents, datasetEmbeddings, promptName: "document", normalizeEmbeddings: true);
        using var q = await model.EncodeAsync(queries, datasetEmbeddings, promptName: "query", normalizeEmbeddings: true);
        var run = ExactSearch.Search(q, d, k: 3);

        var unknown = await model.EncodeDatasetAsync(null);                    // no corpus: random strings
        // end
        _ = (run, unknown);
    }

    public static async Task FlagAsync(IReadOnlyList<string> documents, IReadOnlyList<string> queries)
    {
        // begin flag
        using var model = FlagModel.Load("BAAI/bge-small-en-v1.5", queryInstructionForRetrieval: "Represent this sentence for searching relevant passages: ");
        using var q = await model.EncodeQueriesAsync(queries);
        using var p = await model.EncodeCorpusAsync(documents);
        var run = ExactSearch.Search(q, p, k: 3);                              // q @ p.T, the best three
        // end
        _ = run;
    }

    public static async Task AutoAsync(IReadOnlyList<string> documents, IReadOnlyList<string> queries)
    {
        // begin auto
        using var encoder = AutoModelForEmbedding.FromPretrained("intfloat/e5-small-v2", poolingMethod: "mean", queryInstruction: "query: {}", documentInstruction: "passage: {}");
        using var q = await encoder.EncodeQueriesAsync(queries);
        using var d = await encoder.EncodeCorpusAsync(documents);
        float[,] scores = AutoModelForEmbedding.Similarity(q, d);

        using var decoder = AutoModelForEmbedding.FromPretrained(
            "intfloat/e5-mistral-7b-instruct", poolingMethod: "last", normalizeEmbeddings: true, queryInstruction: "Instruct: Retrieve the answer\nQuery: {}");
        using var instructed = await decoder.EncodeQueriesAsync(queries);
        // end
        _ = scores;
    }

    public static async Task SentenceAsync(IReadOnlyList<string> documents, IReadOnlyList<string> queries)
    {
        // begin sentence
        using var model = SentenceTransformer.Load("sentence-transformers/all-MiniLM-L6-v2");
        using var plain = await model.EncodeAsync(documents);
        using var q = await model.EncodeQueryAsync(queries);
        using var d = await model.EncodeDocumentAsync(documents);
        float[,] similarities = model.Similarity(q, d);
        using var prompted = await model.EncodeAsync(queries, prompt: "query: ", normalizeEmbeddings: true);
        using var shorter = await model.EncodeAsync(documents, truncateDimension: 16);
        QuantizedMatrix bits = await model.EncodeQuantizedAsync(documents, VectorPrecision.Binary);
        // end
        _ = (similarities, bits);
    }

    public static async Task MtebAsync(IReadOnlyList<string> queries)
    {
        // begin mteb
        using var model = MtebModel.Load("concat:snowflake-arctic-embed-m-v1.5+bge-small-en-v1.5");    // or "PaDaS-Lab/arctic-m-bge-small"
        using var q = await model.EncodeQueriesAsync(queries);                 // with the published template
        using var c = await model.EncodeCorpusAsync([new Document("paris", "It is the capital of France.", Title: "Paris")]);
        var run = ExactSearch.Search(q, c, k: 1);                              // the sum of the parts' cosines
        // end
        _ = run;
    }

    public static async Task GeneratorsAsync(Corpus corpus)
    {
        // begin generators
        using var model = KnownModels.Load("jxm/cde-small-v1");
        var context = await ContextBuilder.BuildAsync(model, corpus, new RandomSampler());
        using var embedder = new ContextualEmbedder(model, context);           // or TextEmbedder.For(model)
        IEmbeddingGenerator<string, Embedding<float>> documents = embedder.AsDocumentGenerator();
        IEmbeddingGenerator<string, Embedding<float>> queries = embedder.AsQueryGenerator();
        var vectors = await documents.GenerateAsync(["Moons are smaller than planets.", "Bread is baked."]);
        var query = await queries.GenerateAsync(["what is a moon"], new EmbeddingGenerationOptions { Dimensions = 8 });
        Console.WriteLine($"{vectors.Count} vectors of {vectors[0].Vector.Length} numbers, {vectors.Usage?.InputTokenCount} tokens; {query[0].Vector.Length} numbers");
        // end
    }
}
