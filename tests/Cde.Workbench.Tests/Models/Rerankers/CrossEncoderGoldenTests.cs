using System.Text.Json.Nodes;
using Cde.Testing;
using Cde.Workbench.Models.Rerankers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Rerankers;

[Trait("Category", "Golden")]
public sealed class CrossEncoderGoldenTests
{
    [Theory]
    [InlineData("case16b_bert_sequence_classification_tiny")]
    [InlineData("case16c_xlmr_sequence_classification_tiny")]
    public void Pairs_giveTheOriginalsLogitsScoresAndRanking(string name)
    {
        using var golden = new GoldenCase(name);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = CrossEncoder.Read(golden.Folder);
        model.eval();
        var (ids, mask) = GoldenEncoder.Inputs(golden.Inputs);

        var logits = model.forward(ids, mask, GoldenCase.Matrix(golden.Inputs, "token_type_ids"));

        golden.AssertClose("logits", logits.unsqueeze(-1));
        golden.AssertClose("score_sigmoid", logits.sigmoid());
        Assert.Equal(golden.Expected("ranking").data<long>().ToArray(), logits.argsort(0, descending: true).data<long>().ToArray());
        if (golden.Expects("logits_without_token_types"))
            golden.AssertClose("logits_without_token_types", model.forward(ids, mask).unsqueeze(-1));
    }

    [Theory]
    [InlineData("cls")]
    [InlineData("mean")]
    public void ModernBert_eitherPooling_givesTheOriginalsLogits(string pooling)
    {
        using var golden = new GoldenCase("case15b_modernbert_sequence_classification_tiny");
        var folder = Directory.CreateTempSubdirectory("cde-reranker-").FullName;
        try
        {
            var config = JsonNode.Parse(File.ReadAllText(golden.File("config.json")))!;
            config["classifier_pooling"] = pooling;
            File.WriteAllText(Path.Combine(folder, "config.json"), config.ToJsonString());
            File.Copy(golden.File("model.safetensors"), Path.Combine(folder, "model.safetensors"));
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            using var model = CrossEncoder.Read(folder);
            model.eval();
            var (ids, mask) = GoldenEncoder.Inputs(golden.Inputs);

            golden.AssertClose($"logits_{pooling}", model.forward(ids, mask).unsqueeze(-1));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
