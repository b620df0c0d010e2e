using System.Text.Json.Nodes;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// Deals with the messages of a channel, one after another: the kernel is busy before each and idle after it, and each request gets its
/// reply whatever happens.
/// </summary>
/// <param name="handlers">What can be dealt with.</param>
/// <param name="iopub">Where the state is published.</param>
/// <param name="writer">Makes the messages.</param>
/// <param name="log">Told of what should not happen.</param>
internal sealed class RequestRunner(IEnumerable<IRequestHandler> handlers, IopubChannel iopub, MessageWriter writer, Action<string> log)
{
    private const string RequestSuffix = "_request";

    private readonly Dictionary<string, IRequestHandler> _handlers = handlers.ToDictionary(handler => handler.Type, StringComparer.Ordinal);

    /// <summary>Deals with a request.</summary>
    public void Run(Request request)
    {
        iopub.Post(IopubMessage.Status("busy", request.Parent));
        var type = request.Message.Header.Type;
        JsonObject? reply;
        try
        {
            if (request.Shell is { IsClosed: true })
                throw new ProtocolException($"{type}: the shell was closed before its turn came");
            if (_handlers.TryGetValue(type, out var handler))
                reply = handler.Handle(request);
            else
                throw new ProtocolException($"{type}: this kernel does not know messages of this kind on this channel");
        }
        catch (Exception failure)
        {
            if (failure is not (CdeException or OperationCanceledException) || !IsRequest(request))
                log($"{type} failed: {failure}");
            reply = IsRequest(request) ? ErrorContent.Of(failure) : null;
        }

        Finish(request, reply);
    }

    /// <summary>Answers a request that nobody can deal with.</summary>
    /// <param name="request">The request.</param>
    /// <param name="reason">Why not.</param>
    public void Refuse(Request request, string reason)
    {
        iopub.Post(IopubMessage.Status("busy", request.Parent));
        Finish(request, IsRequest(request) ? ErrorContent.Of(new ProtocolException(reason)) : null);
    }

    /// <summary>Sends the reply and says that the request is over; only the first call for a request does.</summary>
    /// <param name="request">The request.</param>
    /// <param name="reply">The reply's content; null for a message that has no reply.</param>
    public void Finish(Request request, JsonObject? reply)
    {
        if (!request.TryFinish())
            return;
        if (reply is not null)
        {
            var type = request.Message.Header.Type.Replace(RequestSuffix, "_reply", StringComparison.Ordinal);
            var frames = writer.Write(request.Message.Identities, type, request.Parent, reply).Frames;
            request.Socket.Send(request.Route, frames, mayWait: request.Shell is not null);
        }

        iopub.Post(IopubMessage.Status("idle", request.Parent));
        request.AfterReply?.Invoke();
    }

    private static bool IsRequest(Request request) => request.Message.Header.Type.EndsWith(RequestSuffix, StringComparison.Ordinal);
}
