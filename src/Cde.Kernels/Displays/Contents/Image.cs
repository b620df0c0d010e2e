using System.Buffers.Binary;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>A picture in a form that browsers draw: PNG, JPEG, GIF or WebP, told from its first bytes.</summary>
public sealed class Image
{
    /// <summary>A picture.</summary>
    /// <param name="data">The file's bytes. They are kept, not copied.</param>
    /// <param name="description">What it shows, for those who cannot see it.</param>
    /// <exception cref="CdeException">The bytes are of none of the four forms.</exception>
    public Image(byte[] data, string description = "")
    {
        (Data, Description) = (data, description);
        MimeType = data switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
            _ => throw new CdeException($"{Shown.Count(data.Length)} bytes are no picture: they begin with "
                + $"{Convert.ToHexStringLower(data.AsSpan(0, Math.Min(4, data.Length)))}, which is not PNG, JPEG, GIF or WebP"),
        };
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Data { get; }

    /// <summary>What it shows.</summary>
    public string Description { get; }

    /// <summary><c>image/png</c>, <c>image/jpeg</c>, <c>image/gif</c> or <c>image/webp</c>.</summary>
    public string MimeType { get; }

    /// <summary>Reads a picture from a file.</summary>
    /// <exception cref="CdeException">There is no such file, or it is no picture.</exception>
    public static Image Open(string path, string description = "")
    {
        if (!File.Exists(path))
            throw new CdeException($"{path}: there is no such picture");
        return new Image(File.ReadAllBytes(path), description.Length > 0 ? description : Path.GetFileName(path));
    }

    /// <summary>The picture inside HTML, with the bytes in the address.</summary>
    public string ToHtml() => $"<img src=\"data:{MimeType};base64,{ToBase64()}\" alt=\"{HtmlEscape.Of(Description)}\" style=\"max-width:100%\">";

    /// <summary>The bytes as front ends take them beside a media type.</summary>
    public string ToBase64() => Convert.ToBase64String(Data);

    /// <summary>The picture in words.</summary>
    public override string ToString()
    {
        var form = MimeType["image/".Length..].ToUpperInvariant();
        var size = MimeType == "image/png" && Data.Length >= 24
            ? $", {BinaryPrimitives.ReadInt32BigEndian(Data.AsSpan(16))} x {BinaryPrimitives.ReadInt32BigEndian(Data.AsSpan(20))} pixels"
            : "";
        return $"{form} picture{size}, {Shown.Count(Data.Length)} bytes{(Description.Length > 0 ? ": " + Description : "")}";
    }
}
