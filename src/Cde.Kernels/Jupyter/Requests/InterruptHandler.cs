using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>Stops running cells: those of the subshell that the request names, else of every shell.</summary>
/// <param name="shells">The shells.</param>
internal sealed class InterruptHandler(ShellSet shells) : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "interrupt_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request)
    {
        if (request.Message.Header.Subshell is { } id)
            shells.Find(id).Interrupt();
        else
            shells.InterruptAll();
        return new JsonObject { ["status"] = "ok" };
    }
}
