using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Kernels.Jupyter;
using Cde.Kernels.Tests.Jupyter.Zmtp;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Jupyter.Messages;

public sealed class MessageReaderTests
{
    private static readonly MessageSigner Signer = new([.. "secret"u8]);
    private static readonly MessageReader Reader = new(Signer);

    [Fact]
    public void A_written_message_is_read_again()
    {
        var content = new JsonObject { ["code"] = "\"é😀\u2028", ["n"] = 3 };
        var (frames, id) = new MessageWriter(Signer, TimeProvider.System).Write(
            [[1]], "execute_request", [.. """{"msg_id":"parent"}"""u8], content, new MessageExtras(new JsonObject { ["m"] = 1 }, [[7, 8]]));

        var message = Reader.Read(frames);

        Assert.Equal([1], message.Identities.Single());
        Assert.Equal((id, "execute_request", "parent", null), (message.Header.Id, message.Header.Type, message.ParentId, message.Header.Subshell));
        Assert.Equal("\"é😀\u2028", message.Content.GetProperty("code").GetString());
        Assert.Equal(1, message.Metadata.GetProperty("m").GetInt32());
        Assert.Equal([7, 8], message.Buffers.Single());
        var header = JsonDocument.Parse(message.Header.Raw).RootElement;
        Assert.Equal("5.4", header.GetProperty("version").GetString());
        Assert.Equal(TimeSpan.Zero, header.GetProperty("date").GetDateTimeOffset().Offset);
        Assert.NotEmpty(header.GetProperty("session").GetString()!);
    }

    /// <summary>The signature of Python's hmac module over the same four parts.</summary>
    [Fact]
    public void Signature_is_the_one_that_python_computes() =>
        Assert.Equal(
            "5439160579203ae5952244a353b0f81b6ca58a3fb44727217799b393ee79601c",
            Encoding.ASCII.GetString(Signer.Sign([.. "{\"a\":1}"u8], [.. "{}"u8], [.. "{}"u8], [.. "{}"u8])));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_change_in_any_signed_part_is_found(int part)
    {
        var frames = Message();
        frames[part] = [.. frames[part], (byte)' '];

        Assert.Contains("signature", Refusal(frames), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_signature_is_wrong_where_there_is_a_key_and_right_where_there_is_none()
    {
        var frames = Message();
        frames[1] = [];

        Assert.Contains("signature", Refusal(frames), StringComparison.Ordinal);
        Assert.Equal("x_request", new MessageReader(new MessageSigner([])).Read(frames).Header.Type);
    }

    [Fact]
    public void What_is_no_message_is_refused_with_its_reason()
    {
        Assert.Contains("no <IDS|MSG>", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("no <IDS|MSG>", Refusal([[1], [2], [3], [4], [5], [6]]), StringComparison.Ordinal);
        Assert.Contains("4 frames after", Refusal(Message()[..5]), StringComparison.Ordinal);
        Assert.Contains("no msg_type", Refusal(Message(header: "{\"msg_id\":\"1\"}")), StringComparison.Ordinal);
        Assert.Contains("header is no JSON object", Refusal(Message(header: "[]")), StringComparison.Ordinal);
        Assert.Contains("content is no JSON", Refusal(Message(content: "{")), StringComparison.Ordinal);
        Assert.Contains("content is no JSON", Refusal(Message(content: string.Concat(Enumerable.Repeat("{\"a\":", 5000)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_frames_are_the_answer_is_a_message_or_a_reason()
    {
        var unsigned = new MessageReader(new MessageSigner([]));
        Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), frames => Answers(unsigned, [JupyterMessage.Delimiter, [], .. (frames ?? []).Select(frame => frame ?? [])]))
            .QuickCheckThrowOnFailure();
        var random = new Random(20261121);
        for (var i = 0; i < 2_000; i++)
        {
            var frames = Message();
            var changed = random.Next(frames.Length);
            frames[changed] = Mutation.Of(frames[changed], random);
            Assert.True(Answers(unsigned, frames) && Answers(Reader, frames));
        }
    }

    private static bool Answers(MessageReader reader, byte[][] frames)
    {
        try
        {
            return reader.Read(frames).Header.Type.Length > 0;
        }
        catch (InvalidMessageException)
        {
            return true;
        }
    }

    private static string Refusal(byte[][] frames) => Assert.Throws<InvalidMessageException>(() => Reader.Read(frames)).Message;

    private static byte[][] Message(string header = """{"msg_id":"1","msg_type":"x_request","session":"s","subshell_id":null}""", string content = """{"code":"1+1"}""")
    {
        byte[][] parts = [Encoding.UTF8.GetBytes(header), [.. "{}"u8], [.. "{}"u8], Encoding.UTF8.GetBytes(content)];
        return [JupyterMessage.Delimiter, Signer.Sign(parts[0], parts[1], parts[2], parts[3]), .. parts];
    }
}
