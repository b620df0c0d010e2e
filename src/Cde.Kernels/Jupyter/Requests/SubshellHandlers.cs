using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>Opens a subshell (JEP 91): requests that name it run beside those of the other shells.</summary>
/// <param name="shells">The shells.</param>
internal sealed class CreateSubshellHandler(ShellSet shells) : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "create_subshell_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request) => new() { ["status"] = "ok", ["subshell_id"] = shells.Create().Id };
}

/// <summary>Closes a subshell: its running cell is interrupted, its waiting requests are refused.</summary>
/// <param name="shells">The shells.</param>
internal sealed class DeleteSubshellHandler(ShellSet shells) : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "delete_subshell_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request)
    {
        shells.Delete(request.Message.Content.Text("subshell_id"));
        return new JsonObject { ["status"] = "ok" };
    }
}

/// <summary>Names the open subshells.</summary>
/// <param name="shells">The shells.</param>
internal sealed class ListSubshellsHandler(ShellSet shells) : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "list_subshell_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request) =>
        new() { ["status"] = "ok", ["subshell_id"] = new JsonArray([.. shells.Subshells.Select(shell => (JsonNode)shell.Id!)]) };
}
