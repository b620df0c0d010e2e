using Cde.Testing;
using Cde.Workbench.Journeys;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Journeys;

/// <summary>cde's two stages, called as its users call them, give the original's vectors.</summary>
[Collection(LiveTensors.Name)]
public sealed class CdeModelTests : IDisposable
{
    private readonly GoldenCase golden = new("case03_cde_tiny");
    private readonly GoldenModelFolder folder = new("case03_cde_tiny");

    [Fact]
    public async Task Both_stages_give_the_originals_vectors()
    {
        using var model = CdeModel.Load(folder.Path);
        var dataset = await model.EncodeDatasetAsync(golden.Texts("context"), prompt: "");
        using var documents = await model.EncodeAsync(golden.Texts("documents"), dataset);
        using var queries = await model.EncodeAsync(golden.Texts("queries"), dataset);
        using var unit = await model.EncodeAsync(golden.Texts("queries"), dataset, normalizeEmbeddings: true);

        using var expected = golden.Expected("first_stage.embeddings");
        var first = expected.data<float>().ToArray();
        Assert.All(Enumerable.Range(0, first.Length), i => Assert.Equal(first[i], dataset.Vectors.Span[i], golden.Tolerance));
        golden.AssertRows("second_stage.documents.ignore_instruction_false", documents);
        golden.AssertRows("second_stage.queries.ignore_instruction_false", queries);
        golden.AssertRows("second_stage.queries.ignore_instruction_false", unit, normalized: true);
    }

    [Fact]
    public async Task More_documents_than_the_model_takes_count_no_further_than_the_first_ones()
    {
        using var model = CdeModel.Load(folder.Path);
        var dataset = await model.EncodeDatasetAsync(golden.Texts("context8"), prompt: "");
        using var queries = await model.EncodeAsync(golden.Texts("queries"), dataset);

        Assert.Equal(6, dataset.Size);
        golden.AssertRows("second_stage.queries.ignore_instruction_false.context8", queries);
    }

    [Fact]
    public async Task Dataset_embeddings_made_elsewhere_are_taken()
    {
        using var model = CdeModel.Load(folder.Path);
        using var expected = golden.Expected("first_stage.embeddings8");
        var vectors = expected.data<float>().ToArray().Chunk(32).ToArray();
        var dataset = model.DatasetEmbeddings(vectors);
        using var queries = await model.EncodeAsync(golden.Texts("queries"), dataset);

        golden.AssertRows("second_stage.queries.ignore_instruction_false.context8", queries);
        Assert.NotEqual(dataset.Hash, model.DatasetEmbeddings(vectors[1..]).Hash);
        Assert.Contains("one width", Assert.Throws<CdeException>(() => model.DatasetEmbeddings([[1], [1, 2]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompts_are_the_models_own_by_name()
    {
        using var model = CdeModel.Load(folder.Path);
        var dataset = await model.EncodeDatasetAsync(["the river", "the tower"]);
        var written = await model.EncodeDatasetAsync(["search_document: the river", "search_document: the tower"], prompt: "");
        using var named = await model.EncodeAsync(["music"], dataset, promptName: "query");
        using var text = await model.EncodeAsync(["search_query: music"], dataset);

        Assert.Equal(written.Vectors.ToArray(), dataset.Vectors.ToArray());
        Assert.Equal(text[0].ToArray(), named[0].ToArray());
        var error = await Assert.ThrowsAsync<CdeException>(() => model.EncodeAsync(["music"], dataset, promptName: "querry"));
        Assert.Contains("no prompt \"querry\"; did you mean query?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_minicorpus_has_always_as_many_documents_as_the_model_takes()
    {
        using var model = CdeModel.Load(folder.Path);
        string[] many = [.. Enumerable.Range(0, 50).Select(i => $"document {i}")];

        var drawn = model.SampleMinicorpus(many, seed: 3);

        Assert.Equal((6, 6), (model.ContextSize, drawn.Distinct().Count()));
        Assert.Equal(drawn, model.SampleMinicorpus(many, seed: 3));
        Assert.NotEqual(drawn, model.SampleMinicorpus(many, seed: 4));
        Assert.Equal(6, model.SampleMinicorpus(["a", "b"]).Count);
        Assert.Throws<CdeException>(() => model.SampleMinicorpus([]));
    }

    [Fact]
    public async Task Without_a_corpus_random_strings_stand_in()
    {
        using var model = CdeModel.Load(folder.Path);

        var (one, same, other) = (await model.EncodeDatasetAsync(null, seed: 1), await model.EncodeDatasetAsync(null, seed: 1), await model.EncodeDatasetAsync(null, seed: 2));

        Assert.Equal((6, "random-strings", ""), (one.Size, one.Sampler, one.Origin.PromptText));
        Assert.Equal(one.Hash, same.Hash);
        Assert.NotEqual(one.Hash, other.Hash);
    }

    [Fact]
    public void A_plain_model_is_refused_and_leaves_no_tensor_behind()
    {
        using var plain = new GoldenModelFolder("case01_bert_tiny");
        var before = LiveTensors.Settled;

        Assert.Contains("has no first stage", Assert.Throws<CdeException>(() => CdeModel.Load(plain.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(before, LiveTensors.Settled);
    }

    public void Dispose()
    {
        golden.Dispose();
        folder.Dispose();
    }
}
