using System.Globalization;
using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Contextual;

[Trait("Category", "Golden")]
public sealed class ContextualGoldenTests
{
    [Fact]
    public void FirstStage_contextDocuments_giveTheOriginalsVectors()
    {
        using var golden = new GoldenCase("case03_cde_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Load(golden);
        var (ids, mask) = Inputs(golden, "context");

        golden.AssertClose("first_stage.embeddings", model.EmbedContext(ids, mask));
        golden.AssertClose("first_stage.hidden_states", model.FirstStage.HiddenStates(ids, mask));
        var (ids8, mask8) = Inputs(golden, "context8");
        golden.AssertClose("first_stage.embeddings8", model.EmbedContext(ids8, mask8));
    }

    /// <summary>Every second-stage tensor that the case expects under a plain configuration: side, instruction flag, variant.</summary>
    public static TheoryData<string> Variants
    {
        get
        {
            var file = Path.Combine(TestFolders.Golden, "case03_cde_tiny", "expected.safetensors");
            if (!File.Exists(file))
                return ["(the case is absent)"];
            using var expected = SafetensorsFile.Open(file);
            return [.. expected.Entries.Keys.Where(name => name.StartsWith("second_stage.", StringComparison.Ordinal) && name.Contains(".ignore_instruction_", StringComparison.Ordinal))];
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void SecondStage_variant_givesTheOriginalsVectors(string name)
    {
        using var golden = new GoldenCase("case03_cde_tiny");
        var parts = name.Split('.');
        var variant = parts.Length > 3 ? parts[3] : "";
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Load(golden, config => config with { PoolIgnoresInstruction = parts[2] == "ignore_instruction_true" });
        var (ids, mask) = Inputs(golden, parts[1]);
        var context = golden.Expected("first_stage.embeddings");

        var actual = variant == "hidden_states"
            ? model.SecondStage.HiddenStates(ids, mask, model.SecondStage.Prefix(context))
            : model.forward(ids, mask, Given(golden, variant, context, ids.size(0)));

        golden.AssertClose(name, actual);
    }

    /// <summary>The context of a variant; "contextK" is the case's own K vectors where it has them, else the first K of its context.</summary>
    private static Tensor? Given(GoldenCase golden, string variant, Tensor context, long batch)
    {
        if (variant == "null")
            return null;
        if (variant == "per_example_context")
            return stack(Enumerable.Range(0, (int)batch).Select(row => context.roll(row, 0)), 0);
        if (!variant.StartsWith("context", StringComparison.Ordinal))
            return context;
        var count = long.Parse(variant["context".Length..], CultureInfo.InvariantCulture);
        return golden.Expects($"first_stage.embeddings{count}") ? golden.Expected($"first_stage.embeddings{count}") : context.narrow(0, 0, count);
    }

    [Fact]
    public void SecondStage_poolingAllTokens_givesTheOriginalsVectors()
    {
        using var golden = new GoldenCase("case03_cde_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Load(golden, config => config with { PoolTextOnly = false });
        var (ids, mask) = Inputs(golden, "queries");

        golden.AssertClose("second_stage.queries.pool_all_tokens", model.forward(ids, mask, golden.Expected("first_stage.embeddings")));
    }

    [Fact]
    public void SecondStage_givenSequenceDropout_givesTheOriginalsVectors()
    {
        using var golden = new GoldenCase("case03_cde_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Load(golden);
        var (ids, mask) = Inputs(golden, "queries");
        var dropped = golden.Expected("sequence_dropout_mask").to_type(ScalarType.Bool);

        var actual = model.SecondStage.Embed(ids, mask, model.SecondStage.Prefix(golden.Expected("first_stage.embeddings"), dropped));

        golden.AssertClose("second_stage.queries.sequence_dropout", actual);
    }

    [Fact]
    public void BothStages_inOneGo_giveTheOriginalsVectors()
    {
        using var golden = new GoldenCase("case03_cde_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Load(golden);
        var (contextIds, contextMask) = Inputs(golden, "context");
        var (ids, mask) = Inputs(golden, "queries");

        golden.AssertClose("full_forward.queries", model.forward(ids, mask, model.EmbedContext(contextIds, contextMask)));
    }

    [Fact]
    public void BiEncoder_withOutputDimension_givesTheOriginalsVectors()
    {
        using var golden = new GoldenCase("case03b_biencoder_tiny");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var json = JsonConfig.Read(golden.File("config.json"));
        using var files = SafetensorsSet.OpenFolder(golden.Folder);
        using var model = new BiEncoder(
            ContextualConfig.BackboneOf(json), new FileWeights(files, null, ScalarType.Float32).Scope(""), json.Has("embedding_output_dim") ? json.Int(["embedding_output_dim"]) : null);
        model.eval();
        var (ids, mask) = Inputs(golden, "documents");

        golden.AssertClose("pooled", model.forward(ids, mask));
        golden.AssertClose("hidden_states", model.HiddenStates(ids, mask));
    }

    [Fact]
    public void SeveralTokensPerDocument_giveTheOriginalsVectors()
    {
        using var golden = new GoldenCase("case03c_cde_tokens_per_document2");
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Load(golden);
        var (contextIds, contextMask) = Inputs(golden, "context");
        var (ids, mask) = Inputs(golden, "queries");

        golden.AssertClose("first_stage.embeddings", model.FirstStage.forward(contextIds, contextMask));
        golden.AssertClose("second_stage.queries", model.forward(ids, mask, model.EmbedContext(contextIds, contextMask)));
    }

    private static (Tensor Ids, Tensor Mask) Inputs(GoldenCase golden, string group) =>
        (GoldenCase.Matrix(golden.Group(group), "input_ids")!, GoldenCase.Matrix(golden.Group(group), "attention_mask")!);

    private static ContextualEncoder Load(GoldenCase golden, Func<ContextualConfig, ContextualConfig>? change = null)
    {
        var config = ContextualConfig.From(JsonConfig.Read(golden.File("config.json")));
        using var files = SafetensorsSet.OpenFolder(golden.Folder);
        var model = new ContextualEncoder(change?.Invoke(config) ?? config, new FileWeights(files, null, ScalarType.Float32).Scope(""));
        model.eval();
        if (golden.Inputs.TryGetProperty("pool_instruction_end_id", out var end))
            model.SecondStage.InstructionEnd = end.GetInt64();
        return model;
    }
}
