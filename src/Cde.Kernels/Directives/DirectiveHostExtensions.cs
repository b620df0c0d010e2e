using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>Look-ups in a notebook's languages.</summary>
public static class DirectiveHostExtensions
{
    /// <summary>The language of a name or alias, letter case aside; null where there is none. The newest of several wins.</summary>
    public static ILanguage? FindLanguage(this IDirectiveHost host, string name) => host.Languages.LastOrDefault(language =>
        Same(language.Name, name) || language.Aliases.Any(alias => Same(alias, name)));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
