using Cde.Testing;
using Cde.Workbench.Models.Hub;

namespace Cde.Workbench.Tests.Models.Hub;

public sealed class HubEnvironmentTests
{
    [Theory]
    [InlineData("/c", "HF_HUB_CACHE=/c", "HF_HOME=/h", "XDG_CACHE_HOME=/x")]
    [InlineData("/c", "HUGGINGFACE_HUB_CACHE=/c", "HF_HOME=/h")]
    [InlineData("/h/hub", "HF_HOME=/h", "XDG_CACHE_HOME=/x")]
    [InlineData("/x/huggingface/hub", "XDG_CACHE_HOME=/x")]
    [InlineData("/x/huggingface/hub", "XDG_CACHE_HOME=/x", "HF_HOME=")]
    public void Cache_lies_where_the_nearest_variable_says(string expected, params string[] variables) =>
        Assert.Equal(Path.GetFullPath(expected), Of(variables).Cache);

    [Fact]
    public void Cache_without_variables_is_the_users() => Assert.EndsWith(Path.Combine(".cache", "huggingface", "hub"), Of().Cache);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("YES", true)]
    [InlineData("on", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void Offline_is_what_the_original_takes_for_yes(string value, bool expected)
    {
        Assert.Equal(expected, Of("HF_HUB_OFFLINE=" + value).IsOffline);
        Assert.Equal(expected, Of("TRANSFORMERS_OFFLINE=" + value).IsOffline);
    }

    [Fact]
    public void Token_comes_from_the_variable_then_the_named_file_then_the_login()
    {
        using var folder = new TemporaryFolder();
        folder.Write("token", "from-login\n");
        var named = folder.Write("named", " from-file \n");
        var home = "HF_HOME=" + folder.Path;
        Assert.Equal("from-login", Of(home).Token);
        Assert.Equal("from-file", Of(home, "HF_TOKEN_PATH=" + named).Token);
        Assert.Equal("mine", Of(home, "HF_TOKEN_PATH=" + named, "HF_TOKEN= mine\n").Token);
        Assert.Null(Of(home, "HF_HUB_DISABLE_IMPLICIT_TOKEN=1").Token);
        Assert.Null(Of("HF_HOME=" + folder["absent"]).Token);
    }

    [Theory]
    [InlineData("huggingface.example")]
    [InlineData("file:///x")]
    public void Endpoint_that_is_no_address_is_refused(string endpoint) =>
        Assert.Contains("HF_ENDPOINT is", Assert.Throws<CdeException>(() => Of("HF_ENDPOINT=" + endpoint).Endpoint).Message);

    [Fact]
    public void Endpoint_is_the_named_one_or_the_public_hub()
    {
        Assert.Equal(new Uri("https://mirror.example/hf"), Of("HF_ENDPOINT=https://mirror.example/hf").Endpoint);
        Assert.Equal("huggingface.co", Of().Endpoint.Host);
    }

    private static HubEnvironment Of(params string[] variables)
    {
        var values = variables.Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new HubEnvironment(name => values.GetValueOrDefault(name));
    }
}
