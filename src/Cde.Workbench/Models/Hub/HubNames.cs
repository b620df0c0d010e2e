using System.Text.RegularExpressions;

namespace Cde.Workbench.Models.Hub;

/// <summary>The forms of names on a hub. They become paths, so nothing else is let through.</summary>
internal static partial class HubNames
{
    /// <summary>Whether a text has the form owner/name, or that of a name of the hub's own.</summary>
    public static bool IsRepository(string name) => Repository().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("--", StringComparison.Ordinal);

    /// <summary>Whether a text has the form of a branch, a tag or a commit.</summary>
    public static bool IsRevision(string name) => Revision().IsMatch(name) && name.Split('/').All(part => part is not ("" or "." or "..")) && !name.Contains("..", StringComparison.Ordinal);

    /// <summary>Whether a text has the form of a commit.</summary>
    public static bool IsCommit(string name) => Commit().IsMatch(name);

    /// <exception cref="CdeException">It has not that form.</exception>
    public static void CheckRepository(string name)
    {
        if (!IsRepository(name))
            throw new CdeException($"\"{name}\" is not the name of a model on a hub; expected owner/name");
    }

    /// <exception cref="CdeException">It has not that form.</exception>
    public static void CheckRevision(string repository, string name)
    {
        if (!IsRevision(name))
            throw new CdeException($"\"{name}\" is not a revision of {repository}; expected a branch, a tag or a commit");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]{0,95}(/[A-Za-z0-9_][A-Za-z0-9_.\-]{0,95})?\z")]
    private static partial Regex Repository();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_./\-]{0,199}\z")]
    private static partial Regex Revision();

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex Commit();
}
