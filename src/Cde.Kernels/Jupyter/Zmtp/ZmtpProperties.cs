using System.Buffers.Binary;
using System.Text;

namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>The properties in a READY command: who a peer is.</summary>
/// <param name="SocketType">Its kind of socket, such as <c>DEALER</c>.</param>
/// <param name="Identity">The name it wants to be routed by; empty where it has none.</param>
internal sealed record ZmtpProperties(string SocketType, byte[] Identity)
{
    private const string SocketTypeName = "Socket-Type";
    private const string IdentityName = "Identity";
    private const int LongestIdentity = 255;

    /// <summary>Reads the data of a READY command; properties that mean nothing here are passed over.</summary>
    /// <exception cref="ZmtpException">A length leads outside the data, or there is no socket type.</exception>
    public static ZmtpProperties Read(ReadOnlySpan<byte> data)
    {
        string? type = null;
        byte[] identity = [];
        while (data.Length > 0)
        {
            var nameLength = data[0];
            if (nameLength == 0 || data.Length < 1 + nameLength + 4)
                throw Malformed();
            var name = Encoding.ASCII.GetString(data.Slice(1, nameLength));
            var valueLength = BinaryPrimitives.ReadUInt32BigEndian(data[(1 + nameLength)..]);
            data = data[(1 + nameLength + 4)..];
            if (valueLength > data.Length)
                throw Malformed();
            var value = data[..(int)valueLength];
            if (name.Equals(SocketTypeName, StringComparison.OrdinalIgnoreCase))
                type = Encoding.ASCII.GetString(value);
            else if (name.Equals(IdentityName, StringComparison.OrdinalIgnoreCase))
                identity = value.ToArray();
            data = data[(int)valueLength..];
        }

        if (type is null || identity.Length > LongestIdentity)
            throw Malformed();
        return new ZmtpProperties(type, identity);
    }

    /// <summary>The data of a READY command.</summary>
    public byte[] ToData()
    {
        var data = new List<byte>();
        Add(data, SocketTypeName, Encoding.ASCII.GetBytes(SocketType));
        if (Identity.Length > 0)
            Add(data, IdentityName, Identity);
        return [.. data];
    }

    private static void Add(List<byte> data, string name, byte[] value)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        data.Add((byte)name.Length);
        data.AddRange(Encoding.ASCII.GetBytes(name));
        data.AddRange(length);
        data.AddRange(value);
    }

    private static ZmtpException Malformed() => new("the peer introduced itself with malformed properties");
}
