using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>What is known of the thing at the cursor.</summary>
internal sealed class InspectHandler : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "inspect_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request)
    {
        var (code, position) = CursorPosition.Of(request);
        var hover = request.Shell!.Ask((engine, cancellation) => engine.InspectAsync(code, position, cancellation));
        var data = new JsonObject();
        if (hover is not null)
            data["text/plain"] = hover.Text;
        if (hover?.Markdown is { } markdown)
            data["text/markdown"] = markdown;
        return new JsonObject { ["status"] = "ok", ["found"] = hover is not null, ["data"] = data, ["metadata"] = new JsonObject() };
    }
}
