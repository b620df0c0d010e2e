using Cde.Kernels.Jupyter.Zmtp;

namespace Cde.Kernels.Tests.Jupyter.Zmtp;

public sealed class SendQueueTests
{
    private static readonly ZmtpLimits Limits = new() { QueuedBytes = 100, Patience = TimeSpan.FromMilliseconds(200) };
    private readonly SendQueue _queue = new(Limits, TimeProvider.System);

    [Fact]
    public void A_full_queue_gives_up_its_peer_after_the_patience()
    {
        Assert.True(_queue.Add(new byte[60], mayWait: true));

        Assert.False(_queue.Add(new byte[60], mayWait: true));

        Assert.True(_queue.HasGivenUp);
    }

    [Fact]
    public async Task A_sender_waits_while_the_peer_reads()
    {
        _queue.Add(new byte[60], mayWait: true);
        var adding = Task.Run(() => _queue.Add([1, .. new byte[59]], mayWait: true));

        Assert.Equal(0, _queue.Take()![0]);

        Assert.True(await adding);
        Assert.Equal(1, _queue.Take()![0]);
        Assert.False(_queue.HasGivenUp);
    }

    [Fact]
    public void A_message_larger_than_the_bound_goes_in_alone()
    {
        Assert.True(_queue.Add(new byte[1000], mayWait: true));
        Assert.Equal(1000, _queue.Bytes);
    }

    [Fact]
    public void Who_cannot_wait_goes_in_beyond_the_bound_up_to_twice_of_it()
    {
        var added = 0;
        while (added < 100 && _queue.Add(new byte[60], mayWait: false))
            added++;

        Assert.Equal(4, added);
        Assert.True(_queue.HasGivenUp);
    }

    [Fact]
    public void Closing_wakes_who_waits_and_is_no_giving_up()
    {
        _queue.Close();

        Assert.Null(_queue.Take());
        Assert.False(_queue.Add([1], mayWait: true));
        Assert.False(_queue.HasGivenUp);
        Assert.False(_queue.WaitUntilWritten(TimeSpan.FromSeconds(120)));
    }

    [Fact]
    public async Task What_was_taken_counts_as_written_when_the_next_is_asked_for()
    {
        _queue.Add([1], mayWait: true);
        _queue.Take();
        Assert.False(_queue.WaitUntilWritten(TimeSpan.Zero));
        var next = Task.Run(_queue.Take);

        Assert.True(_queue.WaitUntilWritten(TimeSpan.FromSeconds(120)));

        _queue.Close();
        Assert.Null(await next);
    }
}
