using System.Text.RegularExpressions;

namespace Cde.Kernels.Languages.CSharp.Packages;

/// <summary>A package that a cell asks for with <c>#r "nuget: Id, Version"</c>.</summary>
/// <param name="Id">Its name; letter case does not count.</param>
/// <param name="Version">A version, a range or a pattern (<c>1.2.*</c>) as NuGet writes them; null for the newest that is no preview.</param>
internal sealed partial record PackageRequest(string Id, string? Version)
{
    /// <summary>The version as a project names it.</summary>
    public string VersionOrNewest => Version ?? "*";

    /// <summary>Whether another day may bring another version.</summary>
    public bool IsFloating => VersionOrNewest.Contains('*', StringComparison.Ordinal);

    /// <summary>Whether the argument of a directive names a package, or a package source.</summary>
    public static bool IsPackage(string argument) => argument.TrimStart().StartsWith("nuget:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>nuget: Id, Version</c>.</summary>
    /// <returns>Null where it is not of that form.</returns>
    public static PackageRequest? TryParse(string argument) => Form().Match(argument) is { Success: true } match
        ? new PackageRequest(match.Groups["id"].Value, match.Groups["version"] is { Success: true } version ? version.Value : null)
        : null;

    /// <inheritdoc/>
    public override string ToString() => Version is null ? Id : $"{Id} {Version}";

    [GeneratedRegex(@"^\s*nuget:\s*(?<id>[\w.\-]+)\s*(,\s*(?<version>[\w.\-+*]+|[\[(][\w.\-+*, ]+[\])])\s*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
