using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>What could stand at the cursor.</summary>
internal sealed class CompleteHandler : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "complete_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request)
    {
        var (code, position) = CursorPosition.Of(request);
        var found = request.Shell!.Ask((engine, cancellation) => engine.CompleteAsync(code, position, cancellation));
        var (start, end) = (CodePoints.FromUtf16(code, found.Start), CodePoints.FromUtf16(code, found.End));
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Items.Select(item => (JsonNode)item.Text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                // An extension that JupyterLab and VS Code read: icons and a line about each entry.
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Items.Select(item => (JsonNode)new JsonObject
                {
                    ["text"] = item.Text,
                    ["type"] = item.Kind,
                    ["signature"] = item.Description,
                    ["start"] = start,
                    ["end"] = end,
                })]),
            },
        };
    }
}
