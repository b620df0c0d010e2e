using System.Text.Json.Nodes;
using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Notebooks;

/// <summary>Collects what one cell shows into the cell's outputs.</summary>
/// <param name="outputs">The cell's outputs.</param>
/// <param name="displays">The named displays of the run.</param>
/// <param name="executionCount">The cell's number, for its result.</param>
internal sealed class CellOutputs(JsonArray outputs, DisplayedOutputs displays, int executionCount) : ICellOutput
{
    private (OutputStream Stream, BoundedText Text)? _open;
    private bool _clearsOnNext;

    /// <inheritdoc/>
    public void Write(OutputStream stream, string text)
    {
        if (text.Length == 0)
            return;
        lock (displays.Gate)
        {
            ClearIfAsked();
            if (_open?.Stream != stream)
            {
                Close();
                _open = (stream, new BoundedText());
                outputs.Add((JsonNode)OutputNodes.Stream(stream, ""));
            }

            _open.Value.Text.Append(text);
        }
    }

    /// <inheritdoc/>
    public void Display(MimeBundle bundle, string? displayId = null)
    {
        var output = Add(OutputNodes.Display(bundle));
        if (displayId is null)
            return;
        lock (displays.Gate)
            displays.Add(displayId, output);
    }

    /// <inheritdoc/>
    public void Update(MimeBundle bundle, string displayId)
    {
        lock (displays.Gate)
            displays.Update(displayId, bundle);
    }

    /// <inheritdoc/>
    public void Result(MimeBundle bundle) => Add(OutputNodes.Result(bundle, executionCount));

    /// <summary>Adds the error that ended the cell.</summary>
    public void Fail(CellError error) => Add(OutputNodes.Error(error));

    /// <inheritdoc/>
    public void Clear(bool wait)
    {
        lock (displays.Gate)
        {
            _clearsOnNext = true;
            if (!wait)
                ClearIfAsked();
        }
    }

    /// <inheritdoc/>
    public string ReadLine(string prompt, bool isPassword, CancellationToken cancellation) =>
        throw new CdeException($"input \"{prompt}\": nobody is there to answer in a run without a front end; take the value from a parameters cell (--param)");

    /// <summary>Puts the text of a stream that is still open into its output. The caller holds the gate.</summary>
    public void Flush()
    {
        if (_open is { } open && outputs[^1] is JsonObject last)
            last["text"] = MultilineText.Split(open.Text.ToString());
    }

    private JsonObject Add(JsonObject output)
    {
        lock (displays.Gate)
        {
            ClearIfAsked();
            Close();
            outputs.Add((JsonNode)output);
            return output;
        }
    }

    private void Close()
    {
        Flush();
        _open = null;
    }

    private void ClearIfAsked()
    {
        if (!_clearsOnNext)
            return;
        _clearsOnNext = false;
        _open = null;
        displays.Forget(outputs);
        outputs.Clear();
    }
}
