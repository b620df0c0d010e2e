using Cde.Kernels.Jupyter.Zmtp;

namespace Cde.Kernels.Tests.Jupyter.Zmtp;

public sealed class SubscriptionSetTests
{
    private readonly SubscriptionSet _set = new(3);

    [Fact]
    public void Topics_are_matched_by_their_beginning()
    {
        _set.Add([.. "stream"u8]);

        Assert.True(_set.Matches("stream.stdout"u8));
        Assert.True(_set.Matches("stream"u8));
        Assert.False(_set.Matches("strea"u8));
        Assert.False(_set.Matches("status"u8));
    }

    [Fact]
    public void The_empty_prefix_matches_everything()
    {
        Assert.False(_set.Matches("x"u8));
        _set.Add([]);

        Assert.True(_set.Matches("x"u8));
        Assert.True(_set.Matches([]));
    }

    [Fact]
    public void A_prefix_counts_as_often_as_it_was_asked_for()
    {
        _set.Add([1]);
        _set.Add([1]);
        _set.Remove([1]);
        Assert.True(_set.Matches([1, 2]));

        _set.Remove([1]);
        _set.Remove([1]);

        Assert.False(_set.Matches([1, 2]));
    }

    [Fact]
    public void Too_many_or_too_long_subscriptions_are_violations()
    {
        for (byte i = 0; i < 3; i++)
            _set.Add([i]);
        _set.Add([1]);

        Assert.Throws<ZmtpException>(() => _set.Add([9]));
        Assert.Throws<ZmtpException>(() => _set.Add(new byte[2000]));
    }
}
