using System.Globalization;
using System.Text.RegularExpressions;
using Cde.Testing;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses.Golden;

/// <summary>The tolerance that a golden case states in its README.md: absolute plus a share of what is expected, or a share of the tensor's largest value.</summary>
internal sealed partial record StatedTolerance(double Absolute, double Relative, double OfLargest)
{
    /// <summary>What float32 leaves of a gradient that is 0, such as a key bias': a share of nothing would allow nothing.</summary>
    private const double Rounding = 1e-7;

    public static StatedTolerance Of(string folder)
    {
        var text = File.ReadAllText(Path.Combine(folder, "README.md"));
        if (Sum().Match(text) is { Success: true } sum)
            return new(Number(sum.Groups[1]), Number(sum.Groups[2]), 0);
        var share = Share().Match(text);
        Assert.True(share.Success, $"{folder}: README.md states no tolerance");
        return new(Rounding, 0, Number(share.Groups[1]));
    }

    /// <summary>How far a tensor is out of tolerance, in words; null where it is within.</summary>
    public string? Excess(Tensor wanted, Tensor actual)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(wanted.shape, actual.shape);
        var allowed = wanted.abs() * Relative + (Absolute + OfLargest * wanted.abs().max().item<float>());
        var excess = ((actual.detach() - wanted).abs() - allowed).max().item<float>();
        return excess <= 0 ? null : $"is {excess:g3} out of tolerance"; // not a number is out of it too
    }

    public void AssertClose(string name, Tensor wanted, Tensor actual)
    {
        var excess = Excess(wanted, actual);
        Assert.True(excess is null, $"{name} {excess}");
    }

    private static double Number(Group group) => TestDevice.Tolerance(double.Parse(group.Value.TrimEnd('.'), CultureInfo.InvariantCulture));

    [GeneratedRegex(@"[Tt]olerance float32: \|diff\| <= ([0-9.e-]+) \+ ([0-9.e-]+)\*\|expected\|")]
    private static partial Regex Sum();

    [GeneratedRegex(@"[Tt]olerance float32 ([0-9.e-]+) relative")]
    private static partial Regex Share();
}
