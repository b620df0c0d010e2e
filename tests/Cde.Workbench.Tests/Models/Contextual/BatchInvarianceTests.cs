using Cde.Workbench.Models;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Contextual;

/// <summary>Pooled first-stage vectors are reused where they do not depend on the batch: here is where that is seen to hold.</summary>
public sealed class BatchInvarianceTests
{
    private static readonly int[] Lengths = [1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 127, 129, 200, 255, 257, 300, 384, 511, 512];

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void PoolFirstStage_gives_a_text_the_same_bits_alone_and_in_any_batch(ScalarType precision)
    {
        if (FusedInference.Kernels(precision) is null)
            Assert.Skip("there is no fused path on this backend");
        using var model = EmbeddingModel.Load(KnownModels.FolderOf("cde-mini")!, precision: precision);
        using var mode = no_grad();
        Assert.True(model.IsBatchInvariant);
        var tokens = Tokens(model.Tokenizer.VocabularySize);
        var alone = Enumerable.Range(0, Lengths.Length).Select(row => Pool(model, tokens, row)).ToArray();
        int[][] batches =
        [
            [.. Enumerable.Range(0, Lengths.Length)],
            [.. Enumerable.Range(0, Lengths.Length).Reverse()],
            [0, 23], [23, 0], [5, 6, 7], [12, 3, 9, 20], [1, 1, 1, 1, 1, 1, 1, 2], [.. Enumerable.Repeat(8, 70), 22],
        ];
        foreach (var batch in batches)
        {
            var together = Pool(model, tokens, batch);
            var width = alone[0].Length;
            for (var i = 0; i < batch.Length; i++)
                Assert.True(together.AsSpan(i * width, width).SequenceEqual(alone[batch[i]]), $"{Lengths[batch[i]]} tokens, place {i} of {batch.Length}");
        }

        Assert.NotEqual(alone[3], alone[4]);
    }

    [Fact]
    public void EncodeFirstStage_has_the_bits_of_its_two_steps()
    {
        using var model = EmbeddingModel.Load(KnownModels.FolderOf("cde-mini")!);
        using var scope = NewDisposeScope();
        using var batch = PaddedBatch.From(Tokens(model.Tokenizer.VocabularySize), [0, 4, 9, 17], model.Tokenizer.PadId, CPU);
        Assert.True(model.EncodeFirstStage(batch).Equals(model.FinishFirstStage(model.PoolFirstStage(batch))));
    }

    [Fact]
    public void IsBatchInvariant_is_false_off_the_fused_path()
    {
        using var model = EmbeddingModel.Load(KnownModels.FolderOf("cde-mini")!);
        using var mode = no_grad();
        using (FusedInference.Off())
            Assert.False(model.IsBatchInvariant);
        using var compact = EmbeddingModel.Load(KnownModels.FolderOf("cde-mini")!, storage: WeightStorage.Int8);
        Assert.False(compact.IsBatchInvariant);
    }

    private static TokenBatch Tokens(int vocabulary)
    {
        var random = SeededRandom.For(3, 1);
        var offsets = Lengths.Aggregate(new List<int> { 0 }, (sums, length) => [.. sums, sums[^1] + length]);
        return new TokenBatch([.. Enumerable.Range(0, offsets[^1]).Select(_ => 5 + random.Below(vocabulary - 5))], [.. offsets]);
    }

    private static float[] Pool(EmbeddingModel model, TokenBatch tokens, params int[] rows)
    {
        using var scope = NewDisposeScope();
        using var batch = PaddedBatch.From(tokens, rows, model.Tokenizer.PadId, CPU);
        return model.PoolFirstStage(batch).to_type(ScalarType.Float32).data<float>().ToArray();
    }
}
