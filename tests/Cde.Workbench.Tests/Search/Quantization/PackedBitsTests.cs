using Cde.Workbench.Search;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Search;

public sealed class PackedBitsTests
{
    [Fact]
    public void Distance_is_the_number_of_components_that_lie_on_other_sides_of_zero() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = SeededRandom.For(seed);
        var width = 1 + random.Below(200);
        float[] a = Vector(random, width), b = Vector(random, width);
        byte[] packedA = new byte[PackedBits.Bytes(width)], packedB = new byte[PackedBits.Bytes(width)];
        PackedBits.Pack(a, packedA);
        PackedBits.Pack(b, packedB);

        Assert.Equal(a.Zip(b).Count(pair => pair.First > 0 != pair.Second > 0), PackedBits.Hamming(packedA, packedB));
        Assert.All(a.Select((value, i) => (value, i)), pair => Assert.Equal(pair.value > 0, PackedBits.IsSet(packedA, pair.i)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Best_scores_come_first_and_equal_ones_in_order() => Assert.Equal([2, 0, 3, 1], QuantizedSearch.Best([5, -7, 9, 5], 4));

    private static float[] Vector(SeededRandom random, int width) => [.. Enumerable.Range(0, width).Select(_ => random.Below(3) - 1f)];
}
