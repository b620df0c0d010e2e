using System.Text.Json.Nodes;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Jupyter;

/// <summary>Whether a console should run what was typed or wait for another line.</summary>
internal sealed class IsCompleteHandler : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "is_complete_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request)
    {
        var code = request.Message.Content.Text("code");
        var found = request.Shell!.Ask((engine, _) => Task.FromResult(engine.Check(code)));
        var reply = new JsonObject
        {
            ["status"] = found.Status switch
            {
                CompletenessStatus.Complete => "complete",
                CompletenessStatus.Incomplete => "incomplete",
                CompletenessStatus.Invalid => "invalid",
                _ => "unknown",
            },
        };
        if (found.Status == CompletenessStatus.Incomplete)
            reply["indent"] = found.Indent;
        return reply;
    }
}
