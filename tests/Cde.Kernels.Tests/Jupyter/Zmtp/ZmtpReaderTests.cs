using System.Buffers.Binary;
using Cde.Kernels.Jupyter.Zmtp;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Jupyter.Zmtp;

public sealed class ZmtpReaderTests
{
    private static readonly ZmtpLimits Small = new() { MessageBytes = 1000, MessageFrames = 5, CommandBytes = 100 };

    [Fact]
    public void Messages_come_back_as_they_were_written_however_they_are_cut()
    {
        var messages = Gen.NonEmptyListOf(ArbMap.Default.GeneratorFor<byte[]>().Where(frame => frame is not null)).Resize(400).Zip(Gen.Choose(1, 700)).ToArbitrary();
        Prop.ForAll(messages, drawn =>
        {
            var (frames, piece) = (drawn.Item1.ToArray(), drawn.Item2);
            var reader = new ZmtpReader(new ChunkedStream([.. ZmtpWriter.Message(frames), .. ZmtpWriter.Message([[7]])], piece), new ZmtpLimits());

            var read = (ZmtpMessage)reader.Read()!;
            var next = (ZmtpMessage)reader.Read()!;

            return read.Frames.Count == frames.Length && read.Frames.Zip(frames).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))
                && next.Frames.Single().SequenceEqual((byte[])[7]) && reader.Read() is null;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(3_000_000)]
    public void Frames_of_every_length_are_read(int length)
    {
        var frame = new byte[length];
        frame[^1] = 9;
        var reader = new ZmtpReader(new ChunkedStream(ZmtpWriter.Message([frame, []]), 100_000), new ZmtpLimits());

        var read = Assert.IsType<ZmtpMessage>(reader.Read()).Frames;

        Assert.True(read.Count == 2 && read[0].AsSpan().SequenceEqual(frame) && read[1].Length == 0);
    }

    [Fact]
    public void Command_comes_back_with_its_name_and_data()
    {
        var command = new ZmtpCommand(ZmtpCommand.Subscribe, [1, 2, 3]);

        var read = Assert.IsType<ZmtpCommand>(Read(ZmtpWriter.Of(command)));

        Assert.Equal((command.Name, "010203"), (read.Name, Convert.ToHexString(read.Data)));
    }

    [Theory]
    [InlineData("00", "in the middle")]
    [InlineData("0005AA", "in the middle")]
    [InlineData("0100", "in the middle")]
    [InlineData("0800", "unknown flags 08")]
    [InlineData("0500", "inside a message")]
    [InlineData("0101AA0403024F4B", "inside a message")]
    [InlineData("0400", "without a name")]
    [InlineData("04020541", "without a name")]
    [InlineData("040100", "without a name")]
    [InlineData("0600000000000000FF", "a command of 255 bytes")]
    [InlineData("0200000000000003E9", "more than 1,000 bytes")]
    [InlineData("027FFFFFFFFFFFFFFF", "more than 1,000 bytes")]
    [InlineData("02FFFFFFFFFFFFFFFF", "impossible length")]
    [InlineData("010001000100010001000000", "more than 5 frames")]
    public void A_violation_is_named(string octets, string reason)
    {
        var violation = Assert.Throws<ZmtpException>(() => Read(Convert.FromHexString(octets)));

        Assert.Contains(reason, violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_that_are_small_alone_and_large_together_are_refused()
    {
        byte[] frame = [1, 200, .. new byte[200]];

        Assert.Throws<ZmtpException>(() => Read([.. frame, .. frame, .. frame, .. frame, .. frame, .. frame]));
    }

    [Fact]
    public void A_length_costs_no_memory_before_its_octets_arrive()
    {
        byte[] octets = [2, 0, 0, 0, 0, 0x0F, 0xFF, 0xFF, 0xFF, 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<ZmtpException>(() => new ZmtpReader(new MemoryStream(octets), new ZmtpLimits()).Read());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF0000000000")]
    public void A_probe_that_leaves_before_its_greeting_is_no_violation_or_one_of_a_cut(string octets)
    {
        var reader = new ZmtpReader(new MemoryStream(Convert.FromHexString(octets)), Small);

        if (octets.Length == 0)
            Assert.Null(reader.ReadGreeting());
        else
            Assert.Throws<ZmtpException>(reader.ReadGreeting);
    }

    [Fact]
    public void Garbage_is_known_by_its_first_ten_octets()
    {
        var stream = new MemoryStream([.. "GET / HTTP/1.1\r\n\r\n"u8]);

        Assert.Contains("does not speak ZMTP", Assert.Throws<ZmtpException>(() => new ZmtpReader(stream, Small).ReadGreeting()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Octets_without_meaning_end_in_an_item_or_a_violation() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), octets => Survives(octets ?? [])).QuickCheckThrowOnFailure();

    [Fact]
    public void A_damaged_conversation_ends_in_an_item_or_a_violation() => SurvivesMutations(2_000);

    [Fact]
    [Trait("Category", "Long")]
    public void A_damaged_conversation_ends_in_an_item_or_a_violation_each_of_many_times() => SurvivesMutations(500_000);

    [Fact]
    public void Properties_come_back_and_malformed_ones_are_violations()
    {
        var properties = new ZmtpProperties("DEALER", [1, 2]);
        var data = properties.ToData();

        var read = ZmtpProperties.Read([.. data, 3, (byte)'f', (byte)'o', (byte)'o', 0, 0, 0, 1, 9]);
        Assert.Equal(("DEALER", "0102"), (read.SocketType, Convert.ToHexString(read.Identity)));
        for (var cut = 1; cut < data.Length; cut++)
        {
            if (cut != 22) // the end of the socket type, which may stand alone
                Assert.Throws<ZmtpException>(() => ZmtpProperties.Read(data.AsSpan(0, cut)));
        }

        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(12), uint.MaxValue);
        Assert.Throws<ZmtpException>(() => ZmtpProperties.Read(data));
    }

    private static ZmtpItem? Read(byte[] octets) => new ZmtpReader(new MemoryStream(octets), Small).Read();

    /// <summary>A real conversation with octets changed, dropped and repeated.</summary>
    private static void SurvivesMutations(int count)
    {
        var capture = Conversation();
        var random = new Random(20261120);
        for (var i = 0; i < count; i++)
            Assert.True(Survives(Mutation.Of(capture, random)), $"mutation {i}");
    }

    private static bool Survives(byte[] octets)
    {
        var reader = new ZmtpReader(new ChunkedStream(octets, 7), Small);
        try
        {
            reader.ReadGreeting();
            while (reader.Read() is { } item)
            {
                if (item is ZmtpCommand { Name: ZmtpCommand.Ready } ready)
                    ZmtpProperties.Read(ready.Data);
                if (item is ZmtpCommand { Name: ZmtpCommand.Ping } ping)
                    ping.ToPong();
            }
        }
        catch (ZmtpException)
        {
            // What a reader may say.
        }

        return true;
    }

    private static byte[] Conversation() =>
    [
        .. ZmtpGreeting.Own.ToBytes(),
        .. ZmtpWriter.Of(new ZmtpCommand(ZmtpCommand.Ready, new ZmtpProperties("DEALER", [1, 2, 3]).ToData())),
        .. ZmtpWriter.Of(new ZmtpCommand(ZmtpCommand.Ping, [0, 10, 1, 2])),
        .. ZmtpWriter.Of(new ZmtpCommand(ZmtpCommand.Subscribe, [.. "stream"u8])),
        .. ZmtpWriter.Message([[], [.. "<IDS|MSG>"u8], [.. "sig"u8], [.. "{}"u8], [.. "{}"u8], [.. "{}"u8], new byte[300]]),
        .. ZmtpWriter.Message([[0]]),
    ];
}
