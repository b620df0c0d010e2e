using System.Text.RegularExpressions;

namespace Cde.Kernels.Languages.CSharp.Packages;

/// <summary>Tells in one line why packages could not be restored.</summary>
internal static partial class RestoreFailure
{
    private static readonly string[] Unreachable = ["NU1301", "NU1801", "NU1302"];

    /// <summary>The line.</summary>
    /// <param name="packages">What was asked for.</param>
    /// <param name="complaints">What NuGet wrote into its account.</param>
    /// <param name="output">What the restore printed, for failures before NuGet came to write.</param>
    public static string Describe(IReadOnlyList<PackageRequest> packages, IReadOnlyList<(string Code, string Package, string Message)> complaints, string output)
    {
        var offline = complaints.FirstOrDefault(complaint => Unreachable.Contains(complaint.Code));
        var way = offline.Code is null ? "" : $"; a source did not answer ({FirstLine(offline.Message)}): check the network or name another source with #i \"nuget:<source>\"";
        var cause = complaints.FirstOrDefault(complaint => complaint.Code is "NU1101" or "NU1102" or "NU1103");
        if (cause.Code is not null)
        {
            var asked = packages.FirstOrDefault(package => package.Id.Equals(cause.Package, StringComparison.OrdinalIgnoreCase))?.ToString() ?? cause.Package;
            var nearest = NearestVersion().Match(cause.Message) is { Success: true } match ? $"; the nearest version is {match.Groups[1].Value}" : "";
            var what = cause.Code == "NU1101" ? "no source has a package of that name" : "no source has that version";
            return $"package {asked} cannot be restored: {what}{nearest}{way}";
        }

        var other = complaints.FirstOrDefault(complaint => complaint.Code.StartsWith("NU1", StringComparison.Ordinal) && !Unreachable.Contains(complaint.Code));
        var reason = other.Code is not null ? $"{other.Code}: {FirstLine(other.Message)}" : offline.Code is not null ? "no source answered" : FirstError(output);
        return $"{string.Join(", ", packages)} cannot be restored: {reason}{way}";
    }

    private static string FirstError(string output)
    {
        var line = output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
            ?? output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "the restore failed without a word";
        return ErrorStart().Replace(line, "");
    }

    private static string FirstLine(string message) => message.Split('\n')[0].Trim().TrimEnd('.');

    [GeneratedRegex(@"Nearest version: ([^\s\]]+)")]
    private static partial Regex NearestVersion();

    [GeneratedRegex(@"^.*?\berror\s*:?\s*", RegexOptions.IgnoreCase)]
    private static partial Regex ErrorStart();
}
