using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Text;

/// <summary>Random texts: any UTF-16 units, lone surrogates among them, mixed with what tokenizers stumble over.</summary>
internal static class RandomText
{
    private static readonly string[] Awkward =
    [
        "[CLS]", "[SEP]", "[MASK", "##", "the", "reader", "s", "a", "b", " ", "\t", "\u0000", "\u00AD", "\u0130", "\u03A3", "\u0345", "e\u0301",
        "\u1100\u1161\u11A8", "\uAC01", "\u6587", "\uF900", "\uD840\uDC00", "\U0002F800", "\U0001D15E", "\uD800", "\uDC00", "\uFFFF", "\uFEFF",
        "\u0F73", "\u302E", "\u2028", "\u0344", "\u0958", new string('a', 120), "\U000110AB", "\u1B06\u1B35", "'", "!",
    ];

    internal static Arbitrary<string> Any { get; } = Gen.OneOf(
            Gen.Elements(Awkward),
            Gen.Choose(0, 0x7F).Select(unit => ((char)unit).ToString()),
            Gen.Choose(0, 0xFFFF).Select(unit => ((char)unit).ToString()),
            Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32))
        .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    /// <summary>Checks a property on many texts; the first that fails is shown.</summary>
    internal static void Check(Func<string, bool> property, int count = 1_000) =>
        Prop.ForAll(Any, property).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(60));
}
