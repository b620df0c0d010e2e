using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>What was run before, in this session and in earlier ones.</summary>
/// <param name="store">Knows.</param>
internal sealed class HistoryHandler(HistoryStore store) : IRequestHandler
{
    private const int DefaultCount = 10;

    /// <inheritdoc/>
    public string Type => "history_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request)
    {
        var content = request.Message.Content;
        var withOutput = content.FlagOr("output", false);
        var count = content.Number("n");
        IEnumerable<HistoryEntry> entries = content.TextOr("hist_access_type", "tail") switch
        {
            "tail" => store.Tail(count ?? DefaultCount),
            "range" => store.Range(request.Shell!.History, content.Number("session") ?? 0, content.Number("start") ?? 1, content.Number("stop")),
            "search" => store.Search(content.TextOr("pattern", "*"), count, content.FlagOr("unique", false)),
            var other => throw new ProtocolException($"hist_access_type {other}: expected tail, range or search"),
        };
        return new JsonObject
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. entries.Select(entry => (JsonNode)new JsonArray(
                entry.Session, entry.Line, withOutput ? new JsonArray(entry.Input, entry.Output) : entry.Input))]),
        };
    }
}
