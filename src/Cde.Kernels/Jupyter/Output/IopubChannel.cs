using System.Text;
using Cde.Kernels.Jupyter.Zmtp;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// Everything that the kernel says to everybody, in one order, published by one thread. Posting never waits, so a slow reader or a flood of
/// output holds up the cell that writes, and nothing else.
/// </summary>
internal sealed class IopubChannel : IDisposable
{
    /// <summary>How long text waits for more of it.</summary>
    public static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(25);

    // A cell that writes faster than front ends read waits when this much is posted.
    private const long MostPosted = 32L << 20;

    private readonly PublisherSocket _socket;
    private readonly MessageWriter _writer;
    private readonly KernelSettings _settings;
    private readonly OutputStack _posted = new();
    private readonly AutoResetEvent _signal = new(false);
    private readonly List<StreamBatch> _open = [];
    private readonly Thread _thread;
    private volatile bool _isEnding;

    /// <summary>A channel over a socket; begins to publish.</summary>
    public IopubChannel(PublisherSocket socket, MessageWriter writer, KernelSettings settings)
    {
        _socket = socket;
        _writer = writer;
        _settings = settings;
        _thread = new Thread(PublishAll) { IsBackground = true, Name = "iopub publishes" };
        _thread.Start();
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time => _settings.Time;

    /// <summary>Posts an item; never waits.</summary>
    public void Post(OutputItem item)
    {
        _posted.Push(item);
        _signal.Set();
    }

    /// <summary>Posts a message that belongs to no cell's text; never waits.</summary>
    public void Post(IopubMessage message) => Post(new MessageItem(null, message));

    /// <summary>Waits while too much is posted. An interrupt of the calling thread ends the wait.</summary>
    public void WaitForRoom()
    {
        while (_posted.Weight > MostPosted && !_isEnding)
            Thread.Sleep(1);
    }

    /// <summary>Waits until all that this thread posted is published.</summary>
    /// <param name="batch">Its text is published too, however young.</param>
    /// <param name="atMost">How long; without end where infinite.</param>
    /// <returns>Whether it was, in time.</returns>
    public bool Flush(StreamBatch? batch, TimeSpan atMost)
    {
        var done = new ManualResetEventSlim();
        Post(new ActionItem(batch, done.Set));
        return done.Wait(atMost);
    }

    /// <summary>Publishes a message; on the publishing thread alone.</summary>
    public void Publish(IopubMessage message) =>
        _socket.Publish(_writer.Write([Encoding.UTF8.GetBytes(message.Topic)], message.Type, message.Parent, message.Content(), message.Extras).Frames);

    /// <summary>Remembers a batch that has text which is to be published in time; on the publishing thread alone.</summary>
    public void Remember(StreamBatch batch)
    {
        if (!_open.Contains(batch))
            _open.Add(batch);
    }

    /// <summary>Publishes what is posted, and ends the thread.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _signal.Set();
        _thread.Join(_socket.Limits.Linger);
    }

    private void PublishAll()
    {
        while (true)
        {
            var isEnding = _isEnding;
            foreach (var item in _posted.TakeAll())
                Guard(() => item.Publish(this));
            var wait = FlushOpen(all: isEnding);
            if (isEnding)
                return;
            _signal.WaitOne(wait);
        }
    }

    /// <summary>Publishes the batches that waited long enough.</summary>
    /// <returns>How long until the next one has.</returns>
    private TimeSpan FlushOpen(bool all)
    {
        var next = Timeout.InfiniteTimeSpan;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var batch = _open[i];
            if (batch.Since is { } since && (all || Time.GetElapsedTime(since) >= BatchTime))
                Guard(batch.FlushDue);
            if (batch.Since is not { } left)
            {
                _open.RemoveAt(i);
                continue;
            }

            var wait = BatchTime - Time.GetElapsedTime(left);
            if (next == Timeout.InfiniteTimeSpan || wait < next)
                next = wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }

        return next;
    }

    /// <summary>One message that cannot be written must not silence the kernel.</summary>
    private void Guard(Action publish)
    {
        try
        {
            publish();
        }
        catch (Exception failure)
        {
            _settings.Log($"a message could not be published: {failure.GetType().Name}: {failure.Message}");
        }
    }
}
