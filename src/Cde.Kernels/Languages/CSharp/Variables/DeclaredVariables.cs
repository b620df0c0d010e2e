using System.Reflection;
using Cde.Kernels.Languages.CSharp.Submissions;

namespace Cde.Kernels.Languages.CSharp.Variables;

/// <summary>Reads the variables of a session's cells, live: a running cell's too.</summary>
internal static class DeclaredVariables
{
    /// <summary>The newest declaration of each name, by name.</summary>
    public static IReadOnlyList<Variable> List(ChainState state) =>
        [.. Newest(state).Select(Read).OrderBy(variable => variable.Name, StringComparer.Ordinal)];

    /// <summary>The newest variable of a name.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryGet(ChainState state, string name, out Variable variable)
    {
        for (var at = state.Submissions.Length - 1; at >= 0; at--)
        {
            if (state.Submissions[at].Variables.FirstOrDefault(field => field.Name == name) is { } field)
            {
                variable = Read((state.Submissions[at], field));
                return true;
            }
        }

        variable = default;
        return false;
    }

    private static IEnumerable<(Submission Submission, FieldInfo Field)> Newest(ChainState state)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = state.Submissions.Length - 1; at >= 0; at--)
        {
            foreach (var field in state.Submissions[at].Variables.Where(field => seen.Add(field.Name)))
                yield return (state.Submissions[at], field);
        }
    }

    private static Variable Read((Submission Submission, FieldInfo Field) one) =>
        new(one.Field.Name, one.Field.FieldType, one.Field.GetValue(one.Field.IsStatic ? null : one.Submission.Instance));
}
