using Microsoft.CodeAnalysis;

namespace Cde.Kernels.ApiPages;

/// <summary>Where on which page a type stands.</summary>
internal sealed class ApiLinks
{
    private readonly Dictionary<string, (string Page, string Anchor, string Name)> _types = new(StringComparer.Ordinal);

    /// <summary>Gives every type of the namespaces its place.</summary>
    public ApiLinks(IEnumerable<ApiNamespace> namespaces)
    {
        foreach (var space in namespaces)
        {
            foreach (var type in space.Types)
                _types[type.GetDocumentationCommentId()!] = (space.FileName, Anchor(ApiSignature.Name(type)), ApiSignature.Name(type));
        }
    }

    /// <summary>A link to a type of ours, or its name alone where it is another's.</summary>
    /// <param name="type">The type.</param>
    /// <param name="from">The page that the link stands on.</param>
    public string ToType(INamedTypeSymbol type, string from) => To(type.OriginalDefinition.GetDocumentationCommentId() ?? "", ApiSignature.Name(type), from);

    /// <summary>What a <c>cref</c> refers to, as code: a link where it is a type of ours or a member of one.</summary>
    /// <param name="reference">The documentation id: <c>T:Cde.Workbench.Corpora.Corpus</c>.</param>
    /// <param name="from">The page that the link stands on.</param>
    public string ToReference(string reference, string from)
    {
        var (kind, name) = reference is [_, ':', ..] ? (reference[0], reference[2..].Split('(')[0]) : ('?', reference);
        if (kind == 'T')
            return To(reference, Short(name), from);
        var dot = name.LastIndexOf('.');
        if (dot < 0)
            return $"`{name}`";
        var member = name[(dot + 1)..].Split('`')[0];
        var (type, shortType) = ("T:" + name[..dot], Short(name[..dot]));
        return To(type, member == "#ctor" ? shortType : $"{shortType}.{member}", from);
    }

    /// <summary>The anchor that GitHub gives a heading: lower case, without punctuation, blanks as hyphens.</summary>
    internal static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_').Select(letter => letter == ' ' ? '-' : letter));

    private string To(string id, string shown, string from) => _types.TryGetValue(id, out var place)
        ? $"[`{(id.Contains('`') && !shown.Contains('.') ? place.Name : shown)}`]({(place.Page == from ? "" : place.Page)}#{place.Anchor})"
        : $"`{shown}`";

    private static string Short(string name) => name[(name.LastIndexOf('.') + 1)..].Split('`')[0];
}
