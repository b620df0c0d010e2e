using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>The front end opens a conversation.</summary>
/// <param name="comms">The conversations.</param>
internal sealed class CommOpenHandler(CommRegistry comms) : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "comm_open";

    /// <inheritdoc/>
    public JsonObject? Handle(Request request)
    {
        var content = request.Message.Content;
        comms.Accept(content.Text("comm_id"), content.TextOr("target_name", ""), request.ToCommMessage());
        return null;
    }
}

/// <summary>The front end says something in a conversation; what is for none that is open is dropped.</summary>
/// <param name="comms">The conversations.</param>
internal sealed class CommMessageHandler(CommRegistry comms) : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "comm_msg";

    /// <inheritdoc/>
    public JsonObject? Handle(Request request)
    {
        comms.Find(request.Message.Content.Text("comm_id"))?.Receive(request.ToCommMessage());
        return null;
    }
}

/// <summary>The front end ends a conversation.</summary>
/// <param name="comms">The conversations.</param>
internal sealed class CommCloseHandler(CommRegistry comms) : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "comm_close";

    /// <inheritdoc/>
    public JsonObject? Handle(Request request)
    {
        comms.Remove(request.Message.Content.Text("comm_id"))?.End(request.ToCommMessage());
        return null;
    }
}

/// <summary>Names the open conversations.</summary>
/// <param name="comms">The conversations.</param>
internal sealed class CommInfoHandler(CommRegistry comms) : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "comm_info_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request)
    {
        var target = request.Message.Content.TextOr("target_name", "");
        var open = new JsonObject();
        foreach (var comm in comms.Open.Where(comm => target.Length == 0 || comm.Target == target))
            open[comm.Id] = new JsonObject { ["target_name"] = comm.Target };
        return new JsonObject { ["status"] = "ok", ["comms"] = open };
    }
}

/// <summary>Messages of conversations, as code gets them.</summary>
internal static class CommRequests
{
    /// <summary>What the front end says.</summary>
    public static CommMessage ToCommMessage(this Request request) =>
        new(request.Message.Content.ObjectOrEmpty("data"), request.Message.Metadata, request.Message.Buffers);
}
