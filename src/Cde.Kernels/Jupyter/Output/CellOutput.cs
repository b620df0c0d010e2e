using System.Text.Json.Nodes;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>What one cell shows, on its way to the front ends. A silent cell shows nothing.</summary>
internal sealed class CellOutput : ICellOutput
{
    private readonly IopubChannel _channel;
    private readonly Request _request;
    private readonly StreamBatch _batch;
    private readonly OutputAllowance _allowance;
    private readonly InputChannel? _input;

    /// <summary>The output of a request's cell.</summary>
    /// <param name="channel">Where it goes.</param>
    /// <param name="request">The request.</param>
    /// <param name="limit">Bytes of text that it may write.</param>
    /// <param name="input">Where questions go; null where the front end takes none.</param>
    public CellOutput(IopubChannel channel, Request request, long limit, InputChannel? input)
    {
        _channel = channel;
        _request = request;
        _batch = new StreamBatch(channel, request.Parent);
        _allowance = new OutputAllowance(limit);
        _input = input;
    }

    /// <summary>Shows nothing.</summary>
    public bool IsSilent { get; init; }

    /// <summary>The cell's number, which results carry.</summary>
    public int ExecutionCount { get; init; }

    /// <summary>The plain text of the cell's result; null where it had none.</summary>
    public string? ResultText { get; private set; }

    /// <inheritdoc/>
    public void Write(OutputStream stream, string text)
    {
        if (IsSilent || text.Length == 0 || _allowance.Take(text) is not { Length: > 0 } kept)
            return;
        _channel.WaitForRoom();
        _channel.Post(new TextItem(_batch, stream, kept));
    }

    /// <inheritdoc/>
    public void Display(MimeBundle bundle, string? displayId = null) => Show("display_data", bundle, displayId);

    /// <inheritdoc/>
    public void Update(MimeBundle bundle, string displayId) => Show("update_display_data", bundle, displayId);

    /// <inheritdoc/>
    public void Result(MimeBundle bundle)
    {
        ResultText = bundle[MimeBundle.PlainText];
        Show("execute_result", bundle, displayId: null);
    }

    /// <inheritdoc/>
    public void Clear(bool wait) => Post("clear_output", 0, () => new JsonObject { ["wait"] = wait });

    /// <inheritdoc/>
    public string ReadLine(string prompt, bool isPassword, CancellationToken cancellation)
    {
        if (_input is null)
            throw new CdeException("the front end takes no input here: write the value into the cell, or run it where somebody can answer");
        using var question = _input.Ask(_request, prompt, isPassword);
        _channel.Post(new ActionItem(_batch, question.Send));
        return question.Wait(cancellation);
    }

    /// <summary>Shows why the cell failed.</summary>
    public void Error(JsonObject description) => Post("error", 0, () => (JsonObject)description.DeepClone());

    /// <summary>Says a line on the error stream whatever the cell wrote before, without waiting.</summary>
    public void Tell(string line)
    {
        if (!IsSilent)
            _channel.Post(new TextItem(_batch, OutputStream.Error, line));
    }

    /// <summary>Waits until everything is published; the last line says what was dropped.</summary>
    public void Complete(TimeSpan atMost)
    {
        if (_allowance.Report() is { Length: > 0 } report)
            Tell(report);
        _channel.Flush(_batch, atMost);
    }

    private void Show(string type, MimeBundle bundle, string? displayId)
    {
        KeyValuePair<string, string>[] forms = [.. bundle];
        Post(type, forms.Sum(form => 2L * form.Value.Length), () =>
        {
            var content = new JsonObject { ["data"] = MimeContent.Of(forms), ["metadata"] = new JsonObject() };
            if (type == "execute_result")
                content["execution_count"] = ExecutionCount;
            else
                content["transient"] = displayId is null ? new JsonObject() : new JsonObject { ["display_id"] = displayId };
            return content;
        });
    }

    private void Post(string type, long weight, Func<JsonObject> content)
    {
        if (IsSilent)
            return;
        _channel.WaitForRoom();
        _channel.Post(new MessageItem(_batch, new IopubMessage(type, _request.Parent, content), weight));
    }
}
