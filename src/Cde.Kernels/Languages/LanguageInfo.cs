namespace Cde.Kernels.Languages;

/// <summary>A language as lists and help show it.</summary>
/// <param name="Name">The name that <c>#!name</c> selects.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="DisplayName">How people call it.</param>
/// <param name="Summary">What its cells do, in one line.</param>
public sealed record LanguageInfo(string Name, IReadOnlyList<string> Aliases, string DisplayName, string Summary)
{
    /// <summary>Whether a selector's word means this language; letter case does not count.</summary>
    public bool IsCalled(string name) =>
        Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Aliases.Any(alias => alias.Equals(name, StringComparison.OrdinalIgnoreCase));
}
