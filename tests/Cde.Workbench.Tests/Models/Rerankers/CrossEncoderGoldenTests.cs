using System.Text.Json.Nodes;
using Cde.Testing;
using Cde.Workbench.Models;
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
    [InlineData("right")]
    [InlineData("right_types")]
    public void NomicBert_publishedHead_isAMapOfThePoolerOfTheFirstToken(string group)
    {
        using var golden = new GoldenCase("case02_nomic_tiny");
        var folder = Directory.CreateTempSubdirectory("cde-reranker-").FullName;
        try
        {
            const int Width = 32;
            float[] Values(int count, float phase) => [.. Enumerable.Range(0, count).Select(i => 0.3f * MathF.Sin(phase + i))];
            var (dense, bias, map) = (Values(Width * Width, 1), Values(Width, 2), Values(Width, 3));
            using (var file = SafetensorsFile.Open(golden.File("model.safetensors")))
            {
                SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"),
                [
                    .. file.Entries.Values.Select(entry => SafetensorsItem.FromFloats("bert." + entry.Name, [.. entry.Shape], file.Floats(entry.Name))),
                    SafetensorsItem.FromFloats("bert.pooler.dense.weight", [Width, Width], dense),
                    SafetensorsItem.FromFloats("bert.pooler.dense.bias", [Width], bias),
                    SafetensorsItem.FromFloats("classifier.weight", [1, Width], map),
                    SafetensorsItem.FromFloats("classifier.bias", [1], new[] { 0.25f }),
                ]);
            }

            var config = JsonNode.Parse(File.ReadAllText(golden.File("config.json")))!;
            config["id2label"] = new JsonObject { ["0"] = "LABEL_0" };
            File.WriteAllText(Path.Combine(folder, "config.json"), config.ToJsonString());
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            using var model = CrossEncoder.Read(folder);
            model.eval();
            var (ids, mask) = GoldenEncoder.Inputs(golden.Group(group));

            var logits = model.forward(ids, mask, GoldenCase.Matrix(golden.Group(group), "token_type_ids")).data<float>().ToArray();

            var first = golden.Expected($"{group}.start0.last_hidden_state").select(1, 0); // (B, d), the original's
            for (var row = 0; row < logits.Length; row++)
            {
                var hidden = first[row].data<float>().ToArray();
                var pooled = Enumerable.Range(0, Width).Select(i => MathF.Tanh(bias[i] + Enumerable.Range(0, Width).Sum(j => dense[i * Width + j] * hidden[j]))).ToArray();
                Assert.Equal(0.25f + pooled.Zip(map, (value, weight) => value * weight).Sum(), logits[row], 1e-4f);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
