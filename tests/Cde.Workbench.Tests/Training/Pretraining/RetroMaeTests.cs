using Cde.Testing;
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.LanguageModels;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Losses;
using Cde.Workbench.Training.Pretraining;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Pretraining;

[Collection(LiveTensors.Name)]
public sealed class RetroMaeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly WordPieceTokenizer tokenizer;
    private readonly TokenBatch texts;

    public RetroMaeTests()
    {
        folder.Write("vocab.txt", string.Join('\n', ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Enumerable.Range('a', 20).Select(letter => $"{(char)letter}")]));
        tokenizer = WordPieceTokenizer.FromFolder(folder.Path);
        texts = tokenizer.Encode(["a b c d e f", "g h i", "j k l m n o p q r s"]);
    }

    [Fact]
    public void Batch_ofThreeTexts_hidesLightlyFromTheEncoder_andEachDecoderRowFromItself()
    {
        using var scope = NewDisposeScope();
        using var batch = Batch(seed: 3);
        var length = texts.MaxLength;
        var (encoderIds, mask, encoderLabels) = (Values(batch.EncoderIds), Values(batch.Mask), Values(batch.EncoderLabels));
        var (decoderIds, decoderLabels, visible) = (Values(batch.DecoderIds), Values(batch.DecoderLabels), Values(batch.Visible));
        for (var row = 0; row < texts.Count; row++)
        {
            var ids = texts[row];
            for (var t = 0; t < length; t++)
            {
                var (at, isReal) = (row * length + t, t < ids.Length);
                Assert.Equal(isReal ? 1 : 0, mask[at]);
                Assert.Equal(isReal ? ids[t] : tokenizer.PadId, decoderIds[at]);
                Assert.Equal(t > 0 && t < ids.Length - 1 ? ids[t] : MaskedLanguageModel.Ignored, decoderLabels[at]);
                if (encoderLabels[at] == MaskedLanguageModel.Ignored)
                    Assert.Equal(decoderIds[at], encoderIds[at]);
                else
                    Assert.Equal(ids[t], encoderLabels[at]);
                Assert.Equal(0, visible[at * length + t]);
                for (var other = 0; other < length; other++)
                    Assert.True(visible[at * length + other] == 0 || (isReal && other < ids.Length));
            }
        }

        Assert.Equal(1, visible[0 * length + texts[0].Length - 1]); // special tokens are never hidden from others
        var rows = Enumerable.Range(1, texts[2].Length - 2).Select(t => string.Join("", visible.Skip((2 * length + t) * length).Take(length))).Distinct().Count();
        Assert.True(rows > 3, "rows see different parts");
    }

    [Fact]
    public void Batch_isTheSameForTheSameSeed_andAnotherForAnother()
    {
        using var scope = NewDisposeScope();
        using var one = Batch(seed: 3);
        using var again = Batch(seed: 3);
        using var other = Batch(seed: 4);

        Assert.Equal(Values(one.Visible), Values(again.Visible));
        Assert.Equal(Values(one.EncoderIds), Values(again.EncoderIds));
        Assert.NotEqual(Values(one.Visible), Values(other.Visible));
    }

    [Fact]
    public void Decode_ofATokenNobodyMaySee_doesNotDependOnIt()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Model();
        model.eval();
        var text = LossesNormal(16);
        var (ids, changed) = (tensor(new long[] { 2, 5, 6, 7, 3 }, [1, 5]), tensor(new long[] { 2, 5, 9, 7, 3 }, [1, 5]));
        var visible = ones(1, 5, 5, dtype: ScalarType.Int64);
        visible[0, 1, 2] = 0L; // row 1 may not see position 2

        var (before, after) = (model.Decode(text, ids, visible), model.Decode(text, changed, visible));

        Assert.True(allclose(before[0, 1], after[0, 1], 1e-6, 1e-6));
        Assert.False(allclose(before[0, 3], after[0, 3], 1e-4, 1e-4));
    }

    [Fact]
    public void Loss_overAFewSteps_fallsOnBothSides_andLeavesNoTensor()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        using var batch = Batch(seed: 3);
        using var optimizer = optim.AdamW(model.parameters(), 1e-2);
        var (encoder, decoder) = Step(model, batch, optimizer);
        for (var step = 0; step < 20; step++)
            Step(model, batch, optimizer);
        var before = LiveTensors.Settled;
        var (encoderAfter, decoderAfter) = Step(model, batch, optimizer);

        Assert.Equal(before, LiveTensors.Count);
        Assert.True(encoderAfter < 0.5 * encoder, $"encoder {encoder} to {encoderAfter}");
        Assert.True(decoderAfter < 0.7 * decoder, $"decoder {decoder} to {decoderAfter}");
    }

    private static (double Encoder, double Decoder) Step(RetroMaeModel model, RetroMaeBatch batch, optim.Optimizer optimizer)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var (encoder, decoder) = RetroMaeLoss.Parts(model, batch);
        (encoder + decoder).backward();
        optimizer.step();
        return (encoder.item<float>(), decoder.item<float>());
    }

    private RetroMaeBatch Batch(long seed) => RetroMaeBatch.From(
        texts, [0, 1, 2], new TokenMasking(tokenizer, new() { Share = 0.3 }), new TokenMasking(tokenizer, new() { Share = 0.5 }), tokenizer.PadId, seed);

    private static RetroMaeModel Model() => new(new BertConfig(25, 16, 1, 2, 32, 20, Dropout: 0), new InitialWeights(1).Scope(""));

    private static Tensor LossesNormal(int width) => tensor(Enumerable.Range(0, width).Select(i => (float)Math.Sin(i + 1)).ToArray(), [1, width]);

    private static long[] Values(Tensor tensor) => tensor.data<long>().ToArray();

    public void Dispose() => folder.Dispose();
}
