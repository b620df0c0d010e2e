using System.Text.RegularExpressions;
using Cde.Kernels.Cells;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>A package that a cell asks for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">The version or range; <c>*</c> for the newest.</param>
internal sealed record PackageRequest(string Id, string Version);

/// <summary>What a cell's <c>#r "nuget:..."</c> and <c>#i "nuget:..."</c> lines ask for.</summary>
/// <param name="Packages">Packages.</param>
/// <param name="Sources">Folders and feeds to look in beside the user's own.</param>
internal sealed record PackageRequests(IReadOnlyList<PackageRequest> Packages, IReadOnlyList<string> Sources)
{
    /// <summary>How many lines asked.</summary>
    public int Count => Packages.Count + Sources.Count;
}

/// <summary>Takes the package lines out of a cell: <c>#r "nuget: Id, Version"</c>, <c>#r "nuget:Id"</c>, <c>#i "nuget: source"</c>.</summary>
internal static partial class PackageDirectives
{
    /// <summary>The code with those lines blanked, so that positions stay, and what they ask for.</summary>
    /// <exception cref="CellFailedException">A line is not written as it should be.</exception>
    public static (string Code, PackageRequests Requests) Read(string code, string name)
    {
        var packages = new List<PackageRequest>();
        var sources = new List<string>();
        if (!code.Contains("nuget", StringComparison.OrdinalIgnoreCase) && !code.Contains("#i", StringComparison.Ordinal))
            return (code, new PackageRequests(packages, sources));
        var lines = code.Split('\n');
        for (var number = 0; number < lines.Length; number++)
        {
            if (Line().Match(lines[number]) is not { Success: true } match)
                continue;
            var value = match.Groups["value"].Value.Trim();
            if (match.Groups["kind"].Value == "i")
                sources.Add(value);
            else
                packages.Add(Package(value, name, number + 1, lines[number]));
            lines[number] = new string(' ', lines[number].TrimEnd('\r').Length) + (lines[number].EndsWith('\r') ? "\r" : "");
        }

        return (string.Join('\n', lines), new PackageRequests(packages, sources));
    }

    private static PackageRequest Package(string value, string name, int line, string text)
    {
        var parts = value.Split(',', 2, StringSplitOptions.TrimEntries);
        if (parts[0].Length == 0 || !Id().IsMatch(parts[0]) || (parts.Length > 1 && parts[1].IndexOfAny(['<', '>', '"', '&']) >= 0))
            throw new CellFailedException(new CellError("CompilationError", $"{name}, line {line}: a package is written #r \"nuget: Id, Version\"", ["    " + text.TrimEnd()], line, 1));
        return new PackageRequest(parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : "*");
    }

    [GeneratedRegex("""^\s*#(?<kind>[ri])\s+"nuget:(?<value>[^"]*)"\s*(//.*)?\r?$""")]
    private static partial Regex Line();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]*$")]
    private static partial Regex Id();
}
