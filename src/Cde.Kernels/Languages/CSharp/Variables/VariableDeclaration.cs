using Cde.Kernels.Languages.CSharp.Submissions;
using Cde.Workbench;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.Languages.CSharp.Variables;

/// <summary>Declares variables from outside. The value itself is put into the variable: nothing is copied or converted.</summary>
/// <param name="chain">The cells.</param>
internal sealed class VariableDeclaration(SubmissionChain chain)
{
    private readonly TypeText _types = new(assembly => chain.Find(assembly) is not null);

    /// <summary>Declares a variable. Called by the compiler's thread alone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="type">Its type; the value's own where null, or the nearest that has a name in source.</param>
    /// <exception cref="CdeException">The name is none, or the value is not of the type.</exception>
    public void Declare(string name, object? value, Type? type)
    {
        if (!SyntaxFacts.IsValidIdentifier(name))
            throw new CdeException($"\"{name}\" cannot be the name of a C# variable: names are letters, digits and underscores, and begin with no digit");
        if (type is not null && value is not null && !type.IsInstanceOfType(value))
            throw new CdeException($"{name} cannot be set: the value is a {value.GetType().Name}, not a {type.Name}");
        foreach (var (candidate, text) in _types.Candidates(type ?? value?.GetType() ?? typeof(object)))
        {
            if (value is null && candidate.IsValueType && Nullable.GetUnderlyingType(candidate) is null)
                continue;
            if (chain.TryDeclare(Escaped(name), text, candidate, value, References(candidate)))
                return;
        }

        throw new CdeException($"{name} could not be declared");
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    // A type from another language may be of an assembly that no cell has named yet.
    private static IReadOnlyList<MetadataReference> References(Type type)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        return
        [
            .. Parts(type).Select(part => part.Assembly).Distinct().Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0
                    && Path.GetDirectoryName(assembly.Location) != runtime && !FrameworkReferences.IsUsual(assembly.GetName().Name!))
                .Select(assembly => FrameworkReferences.FromFile(assembly.Location)),
        ];
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Append(type);
}
