using Cde.Kernels.Jupyter.Zmtp;

namespace Cde.Kernels.Tests.Jupyter.Zmtp;

public sealed class ZmtpGreetingTests
{
    [Fact]
    public void Greeting_has_its_octets_where_the_specification_puts_them()
    {
        var octets = ZmtpGreeting.Own.ToBytes();

        Assert.Equal(64, octets.Length);
        Assert.Equal("FF00000000000000007F0301" + "4E554C4C" + new string('0', 32) + new string('0', 64), Convert.ToHexString(octets));
        Assert.Equal(ZmtpGreeting.Own, ZmtpGreeting.Read(octets));
    }

    [Fact]
    public void Padding_of_a_peer_is_ignored()
    {
        var octets = ZmtpGreeting.Own.ToBytes();
        octets[8] = 1; // libzmq puts a length there for peers of version 1

        Assert.Equal(ZmtpGreeting.Own, ZmtpGreeting.Read(octets));
    }

    [Theory]
    [InlineData(0, 0x47, "does not speak ZMTP")]
    [InlineData(9, 0x00, "does not speak ZMTP")]
    [InlineData(10, 1, "ZMTP 1.1")]
    [InlineData(12, 0x50, "only NULL")]
    public void Another_protocol_version_or_mechanism_is_refused(int position, byte value, string reason)
    {
        var octets = ZmtpGreeting.Own.ToBytes();
        octets[position] = value;

        var refusal = Assert.Throws<ZmtpException>(() => ZmtpGreeting.Read(octets));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }
}
