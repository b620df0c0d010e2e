using System.Buffers.Binary;
using System.Text;

namespace Cde.Workbench.Training;

/// <summary>Writes the few kinds of protocol-buffer fields that event files need.</summary>
internal sealed class ProtocolMessage
{
    private readonly MemoryStream bytes = new();

    /// <summary>A double: eight bytes.</summary>
    public ProtocolMessage Double(int field, double value)
    {
        Key(field, 1);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(number, value);
        bytes.Write(number);
        return this;
    }

    /// <summary>A float: four bytes.</summary>
    public ProtocolMessage Float(int field, float value)
    {
        Key(field, 5);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, value);
        bytes.Write(number);
        return this;
    }

    /// <summary>A whole number of at least 0, seven bits a byte.</summary>
    public ProtocolMessage Integer(int field, long value)
    {
        Key(field, 0);
        Variable((ulong)value);
        return this;
    }

    /// <summary>A text.</summary>
    public ProtocolMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message inside this one.</summary>
    public ProtocolMessage Message(int field, Action<ProtocolMessage> content)
    {
        var inner = new ProtocolMessage();
        content(inner);
        return Bytes(field, inner.ToArray());
    }

    /// <summary>The message.</summary>
    public byte[] ToArray() => bytes.ToArray();

    private ProtocolMessage Bytes(int field, byte[] value)
    {
        Key(field, 2);
        Variable((ulong)value.Length);
        bytes.Write(value);
        return this;
    }

    private void Key(int field, int kind) => Variable((ulong)((field << 3) | kind));

    private void Variable(ulong value)
    {
        while (value >= 0x80)
        {
            bytes.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        bytes.WriteByte((byte)value);
    }
}
