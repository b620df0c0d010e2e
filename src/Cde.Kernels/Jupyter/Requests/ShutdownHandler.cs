using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>Ends the kernel, after the reply is out. For a restart the front end starts another one.</summary>
/// <param name="stop">Ends it; told whether a restart follows.</param>
internal sealed class ShutdownHandler(Action<bool> stop) : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "shutdown_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request)
    {
        var restart = request.Message.Content.FlagOr("restart", false);
        request.AfterReply = () => stop(restart);
        return new JsonObject { ["status"] = "ok", ["restart"] = restart };
    }
}
