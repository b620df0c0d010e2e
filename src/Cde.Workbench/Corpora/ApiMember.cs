namespace Cde.Workbench.Corpora;

/// <summary>A member as its XML documentation has it, texts as plain text.</summary>
/// <param name="Id">The documentation id: <c>M:System.Text.Json.JsonDocument.Dispose</c>.</param>
/// <param name="Summary">The summary; empty where there is none.</param>
/// <param name="TypeParameters">Names of its type parameters, in order.</param>
/// <param name="Parameters">Names and descriptions of its parameters, in order, type parameters among them.</param>
/// <param name="Returns">What it returns; empty where that is not documented.</param>
internal sealed record ApiMember(
    string Id,
    string Summary,
    IReadOnlyList<string> TypeParameters,
    IReadOnlyList<(string Name, string Text, bool IsType)> Parameters,
    string Returns);
