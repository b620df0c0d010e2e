using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Tests.Training.Losses.Golden;
using Cde.Workbench.Text;
using Cde.Workbench.Training;
using Cde.Workbench.Training.GradientCaching;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.GradientCaching;

/// <summary>Gradient caching against gradients of whole batches by the original implementations.</summary>
[Trait("Category", "Golden")]
public sealed class GradientCacheGoldenTests
{
    [Fact]
    public void GradientCache_anyMiniBatchSize_givesTheOriginalsLossAndGradient()
    {
        using var folder = new LossFolder("cached_mnrl");

        folder.CheckBackward(one =>
        {
            var weight = one["W"];
            var size = one.Parameters.GetProperty("mini_batch_size") is { ValueKind: System.Text.Json.JsonValueKind.Number } given ? given.GetInt32() : int.MaxValue;
            ChunkedRows[] groups = [.. new[] { "x_anchor", "x_positive", "x_negative" }.Select(one.Find).OfType<Tensor>().Select(rows => Chunked(rows, weight, size))];
            return tensor((float)GradientCache.Backward(groups, vectors => InfoNce.Declaration.Terms(
                new() { Queries = vectors[0], Documents = vectors[1], Negatives = vectors.ElementAtOrDefault(2) },
                new InfoNceOptions { Temperature = 1 / one.Number("scale") },
                rows: size)));
        });
    }

    public static TheoryData<int, int> ChunkSizes
    {
        get
        {
            var path = Path.Combine(TestFolders.Golden, "case06_gradient_caching", "inputs.json");
            if (!File.Exists(path))
                return new() { { 1, 1 } };
            using var inputs = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(path));
            var data = new TheoryData<int, int>();
            foreach (var texts in inputs.RootElement.GetProperty("chunk_sizes_to_try").EnumerateArray())
            {
                foreach (var documents in inputs.RootElement.GetProperty("first_stage_chunk_sizes_to_try").EnumerateArray())
                    data.Add(texts.GetInt32(), documents.GetInt32());
            }

            return data;
        }
    }

    /// <summary>The chunk sizes that the case names, in texts: times the longest text, as a budget of positions.</summary>
    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void TwoStageGradientCache_sharedContext_givesTheOriginalsLossAndGradientsOfAllParameters(int texts, int contextDocuments) =>
        Check(texts, contextDocuments, separate: false);

    [Theory]
    [MemberData(nameof(ChunkSizes))]
    public void TwoStageGradientCache_separateContexts_giveTheOriginalsLossAndGradients(int texts, int contextDocuments) =>
        Check(texts, contextDocuments, separate: true);

    private static void Check(int texts, int contextDocuments, bool separate)
    {
        using var golden = new GoldenCase("case06_gradient_caching");
        using var scope = NewDisposeScope();
        using var files = SafetensorsSet.OpenFolder(golden.Folder);
        using var encoder = new ContextualEncoder(ContextualConfig.From(JsonConfig.Read(golden.File("config.json"))), new FileWeights(files, null, ScalarType.Float32).Scope(""));
        encoder.eval();
        foreach (var parameter in encoder.parameters())
            parameter.requires_grad_();
        var prefix = separate ? "separate." : "";
        var (queries, documents, context) = (Rows(golden, "queries"), Rows(golden, "documents"), Rows(golden, "context"));
        var front = encoder.Config.ContextSlots + encoder.Config.SoftPrompts;
        var cache = new TwoStageGradientCache(
            new ContextualTrainingModel(encoder),
            new() { TokensPerChunk = texts * (documents.Tokens.MaxLength + front), ContextTokensPerChunk = contextDocuments * context.Tokens.MaxLength },
            padId: 0);

        var loss = cache.Backward(
            separate ? [context, Rows(golden, "context_documents_separate")] : [context],
            [new ContextTexts(queries, 0), new ContextTexts(documents, separate ? 1 : 0)],
            Terms);

        Assert.Equal(golden.Expected(prefix + "loss").item<float>(), loss, 4);
        var compared = 0;
        foreach (var (name, parameter) in encoder.named_parameters())
        {
            if (!golden.Expects($"{prefix}grad.{name}"))
                continue;
            Close(golden, $"{prefix}grad.{name}", parameter.grad ?? zeros_like(parameter));
            compared++;
        }

        Assert.Equal(golden.ExpectedNames.Count(name => name.StartsWith($"{prefix}grad.", StringComparison.Ordinal)), compared);
        if (!separate)
            Assert.Equal(encoder.named_parameters().Count(), compared);

        IEnumerable<Tensor> Terms(IReadOnlyList<Tensor> vectors)
        {
            Close(golden, prefix + "e1", vectors[0]);
            Close(golden, prefix + "e2", vectors[1]);
            yield return CdeContrastive.Loss(
                vectors[0],
                vectors[1],
                Booleans(golden, "one_hot_labels"),
                Booleans(golden, "duplicate_labels"),
                new() { Temperature = 1 / golden.Inputs.GetProperty("logit_scale").GetDouble() });
            Close(golden, prefix + "grad_e1", vectors[0].grad!); // the term is taken back before the next one is asked for
            Close(golden, prefix + "grad_e2", vectors[1].grad!);
        }
    }

    private static ChunkedRows Chunked(Tensor rows, Tensor weight, int size)
    {
        var count = (int)rows.size(0);
        return new ChunkedRows(count, [.. Enumerable.Range(0, count).Chunk(Math.Min(size, count))], chunk => matmul(rows.narrow(0, chunk[0], chunk.Length), weight));
    }

    /// <summary>Texts of the case, without their padding.</summary>
    private static TextRows Rows(GoldenCase golden, string group)
    {
        var ids = golden.Group(group).GetProperty("input_ids").EnumerateArray();
        var masks = golden.Group(group).GetProperty("attention_mask").EnumerateArray();
        var texts = ids.Zip(masks, (row, mask) => row.EnumerateArray().Zip(mask.EnumerateArray(), (id, real) => (Id: id.GetInt32(), Real: real.GetInt32())).Where(token => token.Real == 1).Select(token => token.Id).ToArray()).ToArray();
        int[] offsets = [0, .. texts.Select((_, i) => texts.Take(i + 1).Sum(text => text.Length))];
        return new TextRows(new TokenBatch([.. texts.SelectMany(text => text)], offsets), [.. Enumerable.Range(0, texts.Length)]);
    }

    private static Tensor Booleans(GoldenCase golden, string name)
    {
        var rows = golden.Inputs.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.ValueKind == System.Text.Json.JsonValueKind.True || (value.ValueKind == System.Text.Json.JsonValueKind.Number && value.GetInt32() != 0)).ToArray()).ToArray();
        return tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
    }

    private static void Close(GoldenCase golden, string name, Tensor actual)
    {
        using var wanted = golden.Expected(name);
        StatedTolerance.Of(golden.Folder).AssertClose(name, wanted, actual);
    }
}
