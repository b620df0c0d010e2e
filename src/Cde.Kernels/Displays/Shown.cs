using System.Globalization;
using System.Text.RegularExpressions;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>Values as tables write them.</summary>
public static partial class Shown
{
    /// <summary>A text on one line, cut with an ellipsis where it is longer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Characters at most, the ellipsis included.</param>
    public static string Shorten(string text, int length)
    {
        var line = Blanks().Replace(text, " ").Trim();
        if (line.Length <= length)
            return line;
        var cut = char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1;
        return line[..cut] + "…";
    }

    /// <summary>An id, its beginning cut off where it is longer: names that share a namespace differ at the end.</summary>
    /// <param name="id">The id.</param>
    /// <param name="length">Characters at most, the ellipsis included.</param>
    public static string Id(string id, int length)
    {
        if (id.Length <= length)
            return id;
        var cut = id.Length - length + 1;
        return "…" + id[(char.IsLowSurrogate(id[cut]) ? cut + 1 : cut)..];
    }

    /// <summary>A score with three decimals.</summary>
    public static string Score(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A count with separators.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A path, short: from the working directory or the checkout where it lies there, with <c>~</c> in the user's home.</summary>
    public static string Location(string path)
    {
        foreach (var (folder, prefix) in ((string?, string)[])[(Environment.CurrentDirectory, ""), (RepositoryFolders.Root, ""), (Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "~/")])
        {
            if (folder is { Length: > 1 } && Path.IsPathRooted(path) && Path.GetRelativePath(folder, path) is var shorter && !Path.IsPathRooted(shorter) && !shorter.StartsWith("..", StringComparison.Ordinal))
                return prefix + shorter;
        }

        return path;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
