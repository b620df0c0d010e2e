using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>Deals with one kind of message. The kernel's state and the reply's way are its caller's.</summary>
internal interface IRequestHandler
{
    /// <summary>The kind, such as <c>complete_request</c>.</summary>
    string Type { get; }

    /// <summary>Deals with a message.</summary>
    /// <returns>The reply's content; null for a kind that has no reply.</returns>
    /// <exception cref="Exception">Any; it becomes an error reply.</exception>
    JsonObject? Handle(Request request);
}
