using Cde.Workbench.Training.Losses;

namespace Cde.Workbench.Tests.Training.Losses.Golden;

/// <summary>The golden comparison sees a loss, and a gradient, that is a tenth of a percent off.</summary>
[Trait("Category", "Golden")]
public sealed class LossFolderTests
{
    [Fact]
    public void Check_ofALossThatIsOff_fails()
    {
        using var folder = new LossFolder("masked_lm");

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => folder.Check(one => MaskedLanguageModel.Loss(one["logits"], one["labels"], new() { LabelSmoothing = one.Number("label_smoothing") }) * 1.001));
    }

    [Fact]
    public void Check_ofAGradientThatIsOff_fails()
    {
        using var folder = new LossFolder("masked_lm");

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => folder.Check(one =>
        {
            var loss = MaskedLanguageModel.Loss(one["logits"], one["labels"], new() { LabelSmoothing = one.Number("label_smoothing") });
            return loss + (loss - loss.detach()) * 0.001; // the value is right
        }));
    }
}
