namespace Cde.Workbench.Models.Hub;

/// <summary>The hub does not answer: no network, or it is down. What is in the cache may serve instead.</summary>
internal sealed class HubUnreachableException(string message, Exception? inner) : CdeException(message, inner);
