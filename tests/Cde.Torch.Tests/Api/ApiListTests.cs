using Cde.Testing;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Api;

public class ApiListTests
{
    private static ApiList TorchSharpList { get; } = ApiList.Read(Path.Combine(TestFolders.Fixtures, "api", "torchsharp-0.107.txt"));

    [Fact]
    public void Binding_offers_nothing_that_TorchSharp_lacks_or_declares_differently()
    {
        var types = typeof(Tensor).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("TorchSharp", StringComparison.Ordinal) == true && ApiList.IsVisible(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal).ToList();

        var differences = types.SelectMany(TorchSharpList.Differences).ToList();

        Assert.True(differences.Count == 0, $"{differences.Count} members differ from TorchSharp 0.107:\n{string.Join("\n", differences)}");
        Assert.True(types.Sum(type => ApiList.MembersOf(type).Count()) > 500);
    }

    [Fact]
    public void List_has_every_line_of_the_file() => Assert.InRange(TorchSharpList.Count, 5000, 6000);

    [Fact]
    public void Difference_in_a_default_a_name_or_a_type_is_reported()
    {
        var differences = TorchSharpList.Differences(typeof(TorchSharp.AnomalyMode)).ToList();

        Assert.Equal(3, differences.Count);
        Assert.Contains(differences, line => line.Contains("AnomalyMode(bool enabled, bool check_nan = false)"));
        Assert.Contains(differences, line => line.Contains("static int IsEnabled"));
        Assert.Contains(differences, line => line.StartsWith("not in TorchSharp: M:TorchSharp.AnomalyMode.Extra"));
    }
}
