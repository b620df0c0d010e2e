using System.Text;
using System.Text.Json.Nodes;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// Joins the pieces of text that a cell writes into stream messages. Order is kept: text of the other stream, or any other message of the
/// cell, ends a batch. Used on the publishing thread alone.
/// </summary>
/// <param name="channel">Where the messages go.</param>
/// <param name="parent">The header of the cell's request.</param>
internal sealed class StreamBatch(IopubChannel channel, byte[] parent)
{
    // A front end redraws the text of a cell with each message: the more it has, the fewer messages follow.
    private const int SmallestFullBatch = 64 << 10;
    private const int LargestFullBatch = 1 << 20;
    private const int ShareOfSent = 16;

    private readonly StringBuilder _text = new();
    private OutputStream _stream;
    private long _sent;

    /// <summary>When the oldest text of the batch came, on the channel's clock; null where there is none.</summary>
    public long? Since { get; private set; }

    private int FullBatch => (int)Math.Clamp(_sent / ShareOfSent, SmallestFullBatch, LargestFullBatch);

    /// <summary>Adds text; publishes what fills a batch.</summary>
    public void Append(OutputStream stream, string text)
    {
        if (stream != _stream)
            Flush();
        _stream = stream;
        for (var position = 0; position < text.Length;)
        {
            var count = Math.Min(text.Length - position, FullBatch - _text.Length);
            _text.Append(text, position, count);
            position += count;
            if (_text.Length >= FullBatch)
                Send(SplitsPair ? _text.Length - 1 : _text.Length);
        }

        if (Since is null && _text.Length > 0)
        {
            Since = channel.Time.GetTimestamp();
            channel.Remember(this);
        }
    }

    /// <summary>Publishes what there is.</summary>
    public void Flush()
    {
        if (_text.Length > 0)
            Send(_text.Length);
    }

    /// <summary>Publishes what there is because it waited long enough; half of a character waits on, for its other half or the cell's end.</summary>
    public void FlushDue()
    {
        if (SplitsPair && _text.Length == 1)
            Since = null;
        else
            Send(SplitsPair ? _text.Length - 1 : _text.Length);
    }

    private bool SplitsPair => char.IsHighSurrogate(_text[^1]);

    private void Send(int length)
    {
        var name = _stream == OutputStream.Output ? "stdout" : "stderr";
        var text = _text.ToString(0, length);
        _text.Remove(0, length);
        _sent += length;
        Since = null;
        channel.Publish(new IopubMessage("stream", parent, () => new JsonObject { ["name"] = name, ["text"] = text }) { Topic = "stream." + name });
    }
}
