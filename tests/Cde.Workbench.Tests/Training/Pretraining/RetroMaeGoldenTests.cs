using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.LanguageModels;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Tests.Training.Losses.Golden;
using Cde.Workbench.Training.Pretraining;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Pretraining;

[Trait("Category", "Golden")]
public sealed class RetroMaeGoldenTests
{
    [Fact]
    public void RetroMae_givesTheOriginalsLossesLogitsAndGradientsOfAllParameters()
    {
        using var golden = new GoldenCase("case05b_retromae_tiny");
        using var scope = NewDisposeScope();
        using var files = SafetensorsSet.OpenFolder(golden.Folder);
        using var model = new RetroMaeModel(BertConfig.From(JsonConfig.Read(golden.File("config.json"))), new FileWeights(files, null, ScalarType.Float32).Scope(""));
        model.eval();
        foreach (var parameter in model.parameters())
            parameter.requires_grad_();
        using var batch = new RetroMaeBatch(
            Matrix(golden, "encoder_input_ids"), Matrix(golden, "encoder_attention_mask"), Matrix(golden, "encoder_labels"), Matrix(golden, "decoder_input_ids"),
            stack(golden.Group("decoder_attention_mask").EnumerateArray().Select((_, row) => Square(golden, row))), Matrix(golden, "decoder_labels"));
        var tolerance = StatedTolerance.Of(golden.Folder);

        var (encoder, decoder) = RetroMaeLoss.Parts(model, batch);
        (encoder + decoder).backward();

        tolerance.AssertClose("encoder_loss", golden.Expected("encoder_loss"), encoder);
        tolerance.AssertClose("decoder_loss", golden.Expected("decoder_loss"), decoder);
        tolerance.AssertClose("loss", golden.Expected("loss"), encoder + decoder);
        tolerance.AssertClose("encoder_logits", golden.Expected("encoder_logits"), model.Logits(model.Encoder.forward(batch.EncoderIds, batch.Mask)));
        var names = model.named_parameters().Select(entry => entry.name).ToArray();
        Assert.Equal(golden.ExpectedNames.Where(name => name.StartsWith("grad.", StringComparison.Ordinal)).Select(name => name["grad.".Length..]).Order(), names.Order());
        foreach (var (name, parameter) in model.named_parameters())
            tolerance.AssertClose($"grad.{name}", golden.Expected($"grad.{name}"), parameter.grad ?? zeros_like(parameter));
    }

    private static Tensor Matrix(GoldenCase golden, string name) => GoldenCase.Matrix(golden.Inputs, name)!;

    private static Tensor Square(GoldenCase golden, int row)
    {
        var values = golden.Group("decoder_attention_mask")[row].EnumerateArray().Select(line => line.EnumerateArray().Select(value => value.GetInt64()).ToArray()).ToArray();
        return tensor(values.SelectMany(line => line).ToArray(), [values.Length, values[0].Length]);
    }
}
