using Cde.Kernels.Commands;
using Cde.Workbench;

namespace Cde.Kernels.Shell;

/// <summary>What <c>--as NAME</c> keeps between shell commands: files in the cache folder, by name.</summary>
public static class KeptResults
{
    /// <summary>The folder of the kept results.</summary>
    public static string Folder => Path.Combine(UserFolders.Cache, "kept");

    /// <summary>Keeps a result under a name; an earlier one of that name is replaced.</summary>
    /// <exception cref="UsageException">The name holds characters other than letters, digits, <c>-</c>, <c>_</c> and <c>.</c></exception>
    public static void Save(string name, string command, CommandResult result) =>
        AtomicFile.WriteAllText(PathOf(name, ".json"), JsonOutput.Write(command, result));

    /// <summary>The file of a kept result.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="extension">Its kind: <c>.json</c>, or <c>.safetensors</c> for contexts and matrices.</param>
    public static string PathOf(string name, string extension)
    {
        if (name.Length == 0 || name[0] == '.' || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            throw new UsageException($"--as {name}: a name is letters, digits, -, _ and . (not first)");
        return Path.Combine(Folder, name + extension);
    }
}
