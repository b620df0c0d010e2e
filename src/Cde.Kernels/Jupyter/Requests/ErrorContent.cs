using System.Text.Json.Nodes;
using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>Errors as messages carry them: <c>ename</c>, <c>evalue</c>, <c>traceback</c>.</summary>
internal static class ErrorContent
{
    /// <summary>The content of an error reply for an exception.</summary>
    public static JsonObject Of(Exception failure) => Reply(Describe(failure));

    /// <summary>The content of an error reply.</summary>
    public static JsonObject Reply(CellError error)
    {
        var content = Of(error);
        content["status"] = "error";
        return content;
    }

    /// <summary>The content of an <c>error</c> message. Front ends show the traceback alone, which begins with the reason.</summary>
    public static JsonObject Of(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. ErrorText.Lines(error).Select(line => (JsonNode)line)]),
    };

    /// <summary>An exception of the kernel as an error: what users can act on in one line, the rest with where it happened.</summary>
    public static CellError Describe(Exception failure) => failure switch
    {
        CellFailedException { Error: var error } => error,
        OperationCanceledException => new CellError("Interrupted", "interrupted", []),
        CdeException => new CellError("Error", failure.Message, []),
        _ => new CellError(failure.GetType().Name, failure.Message, failure.StackTrace?.Split('\n') ?? []),
    };
}
