using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Runtime;

public sealed class FreedBlocksTests
{
    [Fact]
    public void Freed_block_serves_the_next_tensor_of_nearly_its_size()
    {
        using var keeper = FreedBlocks.Keep();
        var first = zeros(1 << 20);
        var address = Address(first);
        first.Dispose();
        using var second = zeros((1 << 20) - 1000);
        Assert.Equal(address, Address(second));
    }

    [Fact]
    public void Block_much_larger_than_needed_is_left()
    {
        using var keeper = FreedBlocks.Keep();
        var larger = zeros(8 << 20); // goes back to the system in place of the first where both are more than may be kept
        var first = zeros(4 << 20);
        var address = Address(first);
        first.Dispose();
        larger.Dispose();
        using var second = zeros(1 << 20);
        Assert.NotEqual(address, Address(second));
        using var third = zeros(4 << 20);
        Assert.Equal(address, Address(third));
    }

    [Fact]
    public void Kept_and_used_bytes_never_pass_the_most_in_use() => Prop.ForAll(
        ArbMap.Default.ArbFor<(ushort Size, byte Free)[]>(),
        steps =>
        {
            using var keeper = FreedBlocks.Keep();
            var held = new List<Tensor>();
            foreach (var (size, free) in steps)
            {
                held.Add(empty(size * 64L));
                if (free % 2 == 1)
                {
                    held[free % held.Count].Dispose();
                    held.RemoveAt(free % held.Count);
                }

                Assert.True(FreedBlocks.BytesInUse + FreedBlocks.BytesKept <= FreedBlocks.MostBytesInUse);
            }

            held.ForEach(tensor => tensor.Dispose());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Last_keeper_returns_what_is_kept_and_tensors_outlive_it()
    {
        Tensor outlives;
        using (FreedBlocks.Keep())
        {
            using (FreedBlocks.Keep())
            {
                outlives = full([1 << 18], 3.0f);
                zeros(1 << 20).Dispose();
            }

            Assert.True(FreedBlocks.BytesKept >= 4 << 20);
        }

        Assert.Equal(0, FreedBlocks.BytesKept);
        Assert.Equal(3.0f * (1 << 18), outlives.sum().item<float>());
        outlives.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1 << 20)]
    public void Memory_is_aligned_as_vector_instructions_want_it(int size)
    {
        using var keeper = FreedBlocks.Keep();
        using var values = empty(size);
        Assert.Equal(0, Address(values) % 64);
    }

    private static unsafe long Address(Tensor values)
    {
        fixed (byte* data = values.bytes)
            return (long)data;
    }
}
