using System.Text.Json.Nodes;
using Cde.Kernels.Hosting;
using Cde.Kernels.Jupyter;

namespace Cde.Kernels.Tests.Jupyter.Messages;

public sealed class MimeContentTests
{
    [Fact]
    public void Json_types_go_out_as_json_and_all_others_as_text()
    {
        var data = MimeContent.Of(new MimeBundle("{}").With("application/json", "{\"a\":[1,2]}").With("application/vnd.plotly.v1+json", "{\"b\":null}").With("image/svg+xml", "<svg/>"));

        Assert.Equal("{}", data["text/plain"]!.GetValue<string>());
        Assert.Equal(2, data["application/json"]!["a"]!.AsArray().Count);
        Assert.IsType<JsonObject>(data["application/vnd.plotly.v1+json"]);
        Assert.Equal("<svg/>", data["image/svg+xml"]!.GetValue<string>());
    }

    [Fact]
    public void Json_that_is_none_is_shown_as_it_stands() =>
        Assert.Equal("{oops", MimeContent.Of(new MimeBundle("x").With("application/json", "{oops"))["application/json"]!.GetValue<string>());
}
