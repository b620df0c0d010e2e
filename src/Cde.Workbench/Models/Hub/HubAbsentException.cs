namespace Cde.Workbench.Models.Hub;

/// <summary>The hub answers that it has no such thing.</summary>
internal sealed class HubAbsentException(string message) : CdeException(message);
