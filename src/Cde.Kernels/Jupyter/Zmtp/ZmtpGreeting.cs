using System.Text;

namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>The 64 octets that each side sends first (ZMTP 3.1, section "Greeting").</summary>
/// <param name="Major">Version of the protocol; 3 is the one spoken here.</param>
/// <param name="Minor">0 or 1: a 3.0 peer subscribes by messages, a 3.1 peer by commands.</param>
/// <param name="Mechanism">How peers prove who they are; <c>NULL</c> is none.</param>
internal sealed record ZmtpGreeting(byte Major, byte Minor, string Mechanism)
{
    /// <summary>Octets of a greeting.</summary>
    public const int Length = 64;

    /// <summary>Octets after which it is known whether the peer speaks ZMTP at all.</summary>
    public const int SignatureLength = 10;

    /// <summary>What this side sends.</summary>
    public static ZmtpGreeting Own { get; } = new(3, 1, "NULL");

    private const int MechanismOffset = 12;
    private const int MechanismLength = 20;

    /// <summary>Refuses what does not begin like a greeting.</summary>
    /// <exception cref="ZmtpException">It does not.</exception>
    public static void CheckSignature(ReadOnlySpan<byte> octets)
    {
        // Octets 1 to 8 are padding that older peers fill with a length.
        if (octets[0] != 0xff || (octets[9] & 1) == 0)
            throw new ZmtpException("the peer does not speak ZMTP");
    }

    /// <summary>Reads a greeting.</summary>
    /// <param name="octets">All 64 octets.</param>
    /// <exception cref="ZmtpException">It is none, or of a protocol that is not spoken here.</exception>
    public static ZmtpGreeting Read(ReadOnlySpan<byte> octets)
    {
        CheckSignature(octets);
        var mechanism = Encoding.ASCII.GetString(octets.Slice(MechanismOffset, MechanismLength)).TrimEnd('\0');
        var greeting = new ZmtpGreeting(octets[10], octets[11], mechanism);
        if (greeting.Major < Own.Major)
            throw new ZmtpException($"the peer speaks ZMTP {greeting.Major}.{greeting.Minor}; 3.0 or later is needed");
        if (greeting.Mechanism != Own.Mechanism)
            throw new ZmtpException($"the peer wants the security mechanism {Printable(greeting.Mechanism)}; only NULL is spoken here");
        return greeting;
    }

    /// <summary>The octets of this greeting.</summary>
    public byte[] ToBytes()
    {
        var octets = new byte[Length];
        octets[0] = 0xff;
        octets[9] = 0x7f;
        octets[10] = Major;
        octets[11] = Minor;
        Encoding.ASCII.GetBytes(Mechanism, octets.AsSpan(MechanismOffset));
        return octets;
    }

    private static string Printable(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '?'));
}
