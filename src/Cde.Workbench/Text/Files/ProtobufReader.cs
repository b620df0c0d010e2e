using System.Buffers.Binary;
using System.Text;

namespace Cde.Workbench.Text.Files;

/// <summary>Reads the wire format of Protocol Buffers field by field: as much of it as SentencePiece's files need.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;
    private int _wireType;

    /// <summary>The number of the field that was met last.</summary>
    internal int Field { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="FormatException">The data break off or are no fields.</exception>
    internal bool MoveNext()
    {
        if (_position >= _data.Length)
            return false;
        var key = Varint();
        (Field, _wireType) = ((int)(key >> 3), (int)(key & 7));
        return Field > 0 ? true : throw new FormatException($"a field has the number {Field} at byte {_position}");
    }

    /// <summary>A whole number.</summary>
    internal long Number()
    {
        Require(0);
        return (long)Varint();
    }

    /// <summary>A flag.</summary>
    internal bool Flag() => Number() != 0;

    /// <summary>A 32-bit float.</summary>
    internal float Single()
    {
        Require(5);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
    }

    /// <summary>Bytes, or an inner message.</summary>
    internal ReadOnlySpan<byte> Bytes()
    {
        Require(2);
        var length = Varint();
        return length <= (ulong)(_data.Length - _position)
            ? Take((int)length)
            : throw new FormatException($"field {Field} has {length} bytes at byte {_position} of {_data.Length}");
    }

    /// <summary>A text.</summary>
    internal string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Passes over the field.</summary>
    internal void Skip()
    {
        switch (_wireType)
        {
            case 0:
                Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes();
                break;
            case 5:
                Take(4);
                break;
            default:
                throw new FormatException($"field {Field} has the wire type {_wireType} at byte {_position}");
        }
    }

    private readonly void Require(int wireType)
    {
        if (_wireType != wireType)
            throw new FormatException($"field {Field} has the wire type {_wireType}, not {wireType}, at byte {_position}");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _data.Length - _position)
            throw new FormatException($"the data end at byte {_data.Length}, inside field {Field}");
        _position += count;
        return _data.Slice(_position - count, count);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << Math.Min(shift, 63);
            if (next < 0x80)
                return value;
        }

        throw new FormatException($"a number has no end at byte {_position}");
    }
}
