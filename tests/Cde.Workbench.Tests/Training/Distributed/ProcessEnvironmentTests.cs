using Cde.Workbench.Training.Distributed;

namespace Cde.Workbench.Tests.Training.Distributed;

public sealed class ProcessEnvironmentTests
{
    private static readonly Dictionary<string, string> Whole = new()
    {
        ["RANK"] = "3",
        ["WORLD_SIZE"] = "8",
        ["LOCAL_RANK"] = "1",
        ["MASTER_ADDR"] = "node-0",
        ["MASTER_PORT"] = "29500",
    };

    [Fact]
    public void Variables_of_a_launcher_are_read()
    {
        Assert.Equal(new ProcessEnvironment(3, 8, 1, "node-0", 29500) { Prefix = "cde/0" }, ProcessEnvironment.Read(Whole.GetValueOrDefault));
        Assert.Equal(0, Read("LOCAL_RANK", null)!.LocalRank);
        Assert.Equal("eth1", Read("GLOO_SOCKET_IFNAME", "eth1")!.NetworkInterface);
    }

    [Fact]
    public void Torchruns_agent_holds_the_store_and_counts_restarts()
    {
        var environment = ProcessEnvironment.Read(new Dictionary<string, string>(Whole) { ["TORCHELASTIC_USE_AGENT_STORE"] = "True", ["TORCHELASTIC_RESTART_COUNT"] = "2" }.GetValueOrDefault)!;
        Assert.True(environment.IsStoreOpen);
        Assert.Equal("cde/2", environment.Prefix);
    }

    [Fact]
    public void A_process_alone_has_none()
    {
        Assert.Null(ProcessEnvironment.Read(_ => null));
        Assert.Null(Read("WORLD_SIZE", "1"));
    }

    [Theory]
    [InlineData("RANK", null, "RANK is not set, and WORLD_SIZE is 8")]
    [InlineData("RANK", "8", "RANK is 8, expected a whole number from 0 to 7 (WORLD_SIZE is 8)")]
    [InlineData("RANK", "-1", "RANK is -1, expected a whole number from 0 to 7 (WORLD_SIZE is 8)")]
    [InlineData("WORLD_SIZE", "two", "WORLD_SIZE is two, expected a whole number from 1 to 1000000")]
    [InlineData("WORLD_SIZE", null, "RANK is 3, but WORLD_SIZE is not set")]
    [InlineData("LOCAL_RANK", "x", "LOCAL_RANK is x, expected a whole number from 0 to 7")]
    [InlineData("MASTER_ADDR", " ", "MASTER_ADDR is not set, and WORLD_SIZE is 8")]
    [InlineData("MASTER_PORT", "65536", "MASTER_PORT is 65536, expected a whole number from 1 to 65535")]
    [InlineData("MASTER_PORT", null, "MASTER_PORT is not set, and WORLD_SIZE is 8")]
    public void A_missing_or_bad_variable_is_one_line_that_names_it(string name, string? value, string expected)
    {
        var error = Assert.Throws<CdeException>(() => Read(name, value));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static ProcessEnvironment? Read(string name, string? value) => ProcessEnvironment.Read(asked => asked == name ? value : Whole.GetValueOrDefault(asked));
}
