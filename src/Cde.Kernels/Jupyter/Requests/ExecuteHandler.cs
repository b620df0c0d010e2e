using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Kernels.Cells;

namespace Cde.Kernels.Jupyter;

/// <summary>Runs a cell.</summary>
/// <param name="iopub">Where it shows things.</param>
/// <param name="input">Where it asks.</param>
/// <param name="outputLimit">Bytes of text that a cell may write.</param>
internal sealed class ExecuteHandler(IopubChannel iopub, InputChannel input, long outputLimit) : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "execute_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request)
    {
        var shell = request.Shell!;
        var content = request.Message.Content;
        if (shell.IsAborting)
            return new JsonObject { ["status"] = "aborted", ["execution_count"] = shell.ExecutionCount };
        var code = content.Text("code");
        var isSilent = content.FlagOr("silent", false);
        var isStored = !isSilent && content.FlagOr("store_history", true);
        var count = isStored ? ++shell.ExecutionCount : shell.ExecutionCount;
        if (!isSilent)
            iopub.Post(new IopubMessage("execute_input", request.Parent, () => new JsonObject { ["code"] = code, ["execution_count"] = count }));
        if (isStored)
            shell.History.Add(count, code);

        var output = new CellOutput(iopub, request, outputLimit, content.FlagOr("allow_stdin", true) ? input : null) { IsSilent = isSilent, ExecutionCount = count };
        request.Output = output;
        var cell = new CellRequest(code) { Name = isStored ? $"Cell {count}" : "Cell", Shell = shell.Id, IsSilent = isSilent };
        var error = Run(shell, cell, output);
        if (error is not null)
            output.Error(ErrorContent.Of(error));
        output.Complete(Timeout.InfiniteTimeSpan);
        if (isStored && output.ResultText is { } result)
            shell.History.SetOutput(count, result);
        if (error is not null && content.FlagOr("stop_on_error", true))
            shell.AbortWaiting(request.Socket);
        return Reply(request, count, error);
    }

    private CellError? Run(Shell shell, CellRequest cell, CellOutput output)
    {
        try
        {
            return shell.Execute(cell, output).Error;
        }
        catch (Exception failure)
        {
            return ErrorContent.Describe(failure);
        }
    }

    private JsonObject Reply(Request request, int count, CellError? error)
    {
        var reply = error is null ? new JsonObject { ["status"] = "ok" } : ErrorContent.Reply(error);
        reply["execution_count"] = count;
        reply["payload"] = new JsonArray();
        var expressions = new JsonObject();
        reply["user_expressions"] = expressions;
        if (error is not null)
            return reply;
        foreach (var expression in request.Message.Content.Fields("user_expressions"))
            expressions[expression.Name] = Evaluate(request.Shell!, expression.Value);
        return reply;
    }

    private JsonObject Evaluate(Shell shell, JsonElement expression)
    {
        try
        {
            var text = expression.ValueKind == JsonValueKind.String ? expression.GetString()! : throw new ProtocolException("a user expression is a string");
            var bundle = shell.Ask((engine, cancellation) => engine.EvaluateAsync(text, cancellation));
            return new JsonObject { ["status"] = "ok", ["data"] = MimeContent.Of(bundle), ["metadata"] = new JsonObject() };
        }
        catch (Exception failure)
        {
            return ErrorContent.Of(failure);
        }
    }
}
