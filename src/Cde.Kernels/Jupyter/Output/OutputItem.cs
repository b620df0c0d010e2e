namespace Cde.Kernels.Jupyter;

/// <summary>Something that waits to be published: a piece of text, a message, or a thing to do at this point of the order.</summary>
/// <param name="weight">What it costs in memory, in bytes, roughly.</param>
internal abstract class OutputItem(long weight)
{
    // Of the item itself: its fields and the list's.
    private const int Overhead = 64;

    /// <summary>What it costs in memory, in bytes.</summary>
    public long Weight { get; } = weight + Overhead;

    /// <summary>The item posted before it; the stack's own.</summary>
    public OutputItem? Below { get; set; }

    /// <summary>The weight of this item and of all below it; the stack's own.</summary>
    public long TotalWeight { get; set; }

    /// <summary>Publishes it, on the publishing thread.</summary>
    public abstract void Publish(IopubChannel channel);
}

/// <summary>A piece of a cell's text.</summary>
internal sealed class TextItem(StreamBatch batch, Hosting.OutputStream stream, string text) : OutputItem(2L * text.Length)
{
    /// <inheritdoc/>
    public override void Publish(IopubChannel channel) => batch.Append(stream, text);
}

/// <summary>A message, after the text that its cell wrote before it.</summary>
internal sealed class MessageItem(StreamBatch? batch, IopubMessage message, long weight = 0) : OutputItem(weight)
{
    /// <inheritdoc/>
    public override void Publish(IopubChannel channel)
    {
        batch?.Flush();
        channel.Publish(message);
    }
}

/// <summary>Something to do when all that was posted before it is published.</summary>
internal sealed class ActionItem(StreamBatch? batch, Action action) : OutputItem(0)
{
    /// <inheritdoc/>
    public override void Publish(IopubChannel channel)
    {
        batch?.Flush();
        action();
    }
}
