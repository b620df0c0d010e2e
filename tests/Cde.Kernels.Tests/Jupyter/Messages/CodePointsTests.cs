using Cde.Kernels.Jupyter;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Jupyter.Messages;

public sealed class CodePointsTests
{
    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("a😀b", 2, 3)]
    [InlineData("😀😀", 1, 2)]
    [InlineData("é", 1, 1)]
    [InlineData("", 0, 0)]
    public void Positions_translate_both_ways(string text, int codePoints, int units)
    {
        Assert.Equal(units, CodePoints.ToUtf16(text, codePoints));
        Assert.Equal(codePoints, CodePoints.FromUtf16(text, units));
    }

    [Fact]
    public void Positions_outside_the_text_are_its_ends()
    {
        Assert.Equal(3, CodePoints.ToUtf16("a😀", 99));
        Assert.Equal(0, CodePoints.ToUtf16("a😀", -5));
        Assert.Equal(2, CodePoints.FromUtf16("a😀", 99));
        Assert.Equal(2, CodePoints.FromUtf16("a😀", 2)); // inside the pair
    }

    [Fact]
    public void Every_position_survives_the_way_there_and_back()
    {
        var letters = Gen.Elements("a", "é", "😀", "\ud83d", "\ude00", "\n");
        Prop.ForAll(Gen.ListOf(letters).Select(list => string.Concat(list)).Zip(Gen.Choose(0, 40)).ToArbitrary(), drawn =>
        {
            var (text, position) = drawn;
            var runes = text.EnumerateRunes().Count();
            var clamped = Math.Min(position, runes);
            return CodePoints.FromUtf16(text, CodePoints.ToUtf16(text, position)) == clamped;
        }).QuickCheckThrowOnFailure();
    }
}
