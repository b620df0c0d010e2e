using System.Text;
using Cde.Torch;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Distributed;

/// <summary>Texts and files from one process to all others.</summary>
internal static class GroupTexts
{
    /// <summary>Rank 0's text, everywhere.</summary>
    /// <param name="group">The processes.</param>
    /// <param name="text">Rank 0's; the others' is not read.</param>
    public static string Share(this ProcessGroup group, string? text) => Encoding.UTF8.GetString(group.Share(group.Rank == 0 ? Encoding.UTF8.GetBytes(text!) : null));

    /// <summary>Rank 0's bytes, everywhere.</summary>
    public static byte[] Share(this ProcessGroup group, byte[]? bytes)
    {
        using var scope = NewDisposeScope();
        var length = tensor((long)(bytes?.Length ?? 0));
        group.Broadcast(length);
        var values = bytes is not null ? tensor(bytes, [bytes.Length]) : zeros([length.item<long>()], dtype: ScalarType.Byte);
        group.Broadcast(values);
        return values.data<byte>().ToArray();
    }

    /// <summary>Every process' text, in the order of the ranks.</summary>
    public static string[] Gather(this ProcessGroup group, string text)
    {
        using var scope = NewDisposeScope();
        var bytes = Encoding.UTF8.GetBytes(text + '\0');
        var all = group.AllGather(tensor(bytes, [bytes.Length])).data<byte>().ToArray();
        return Encoding.UTF8.GetString(all).Split('\0')[..^1];
    }

    /// <summary>Writes the files of rank 0's folder into the others' folder of that place, which is theirs alone.</summary>
    public static void ShareFolder(this ProcessGroup group, string folder)
    {
        var files = group.Rank == 0 ? Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray() : [];
        var names = group.Share(string.Join('\n', files)).Split('\n');
        Directory.CreateDirectory(folder);
        foreach (var name in names)
        {
            var path = Path.Combine(folder, Path.GetFileName(name));
            var bytes = group.Share(group.Rank == 0 ? File.ReadAllBytes(path) : null);
            if (group.Rank != 0)
                File.WriteAllBytes(path, bytes);
        }
    }
}
