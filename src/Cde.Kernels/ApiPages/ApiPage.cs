using System.Text;
using Microsoft.CodeAnalysis;

namespace Cde.Kernels.ApiPages;

/// <summary>The page of a namespace: a table of its types, then each with its members.</summary>
/// <param name="space">The namespace.</param>
/// <param name="links">Where types stand.</param>
internal sealed class ApiPage(ApiNamespace space, ApiLinks links)
{
    private readonly StringBuilder _text = new();

    /// <summary>The page in Markdown.</summary>
    public string Write()
    {
        _text.Append($"# {space.Name}\n\n{ApiReference.Origin}\n\n[All namespaces](README.md)\n\n| type | what it is |\n|---|---|\n");
        foreach (var type in space.Types)
            _text.Append($"| {links.ToType(type, space.FileName)} | {Comment(type).FirstSentence} |\n");
        foreach (var type in space.Types)
            Append(type);
        return _text.ToString();
    }

    private void Append(INamedTypeSymbol type)
    {
        var comment = Comment(type);
        _text.Append($"\n## {ApiSignature.Name(type).Replace("<", "\\<")}\n\n```csharp\n{ApiSignature.Of(type)}\n```\n");
        foreach (var paragraph in comment.More.Prepend(comment.Summary).Where(text => text.Length > 0))
            _text.Append($"\n{paragraph}\n");
        var members = ApiMembers.Of(type).Select(member => (Symbol: member, Comment: Comment(member))).ToList();
        // The compiler copies a primary constructor's parameters to the constructor's own comment.
        if (!members.Any(member => IsConstructor(member.Symbol)) && comment.Parameters.Any())
            _text.Append($"\n{string.Join("; ", comment.Parameters.Select(Parameter))}\n");
        var told = members.Where(member => member.Comment is { IsInherited: false, IsEmpty: false } || IsConstructor(member.Symbol)).ToList();
        if (told.Count > 0)
            _text.Append('\n');
        foreach (var (symbol, about) in told)
            Append(symbol, about);
        List<string> others = [.. members.Where(member => member.Comment.IsInherited).Select(member => $"`{member.Symbol.Name}`").Distinct()];
        if (others.Count > 0)
            _text.Append($"\nAs its base types say: {string.Join(", ", others)}\n");
    }

    private void Append(ISymbol member, ApiComment comment)
    {
        List<string> about = [.. comment.More.Prepend(comment.Summary).Where(text => text.Length > 0)];
        if (comment.Parameters.Any())
            about.Add(string.Join("; ", comment.Parameters.Select(Parameter)));
        if (comment.Returns.Length > 0)
            about.Add("Returns: " + comment.Returns);
        about.AddRange(comment.Exceptions.Select(exception => $"Throws {exception.Type}{(exception.When.Length > 0 ? ": " + exception.When : "")}"));
        _text.Append($"- `{ApiSignature.Of(member)}`{string.Concat(about.Select(line => "<br>" + line))}\n");
    }

    private static string Parameter((string Name, string Text) parameter) => $"`{parameter.Name}`: {parameter.Text.TrimEnd('.')}";

    private static bool IsConstructor(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor };

    private ApiComment Comment(ISymbol symbol) => new(symbol, links, space.FileName);
}
