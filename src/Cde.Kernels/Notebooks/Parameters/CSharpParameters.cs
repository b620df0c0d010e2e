using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cde.Kernels.Notebooks;

/// <summary>Parameters in C#: variables are assigned, so that they keep their declared type; constants are declared anew.</summary>
internal sealed class CSharpParameters : IParameterLanguage
{
    private static readonly CSharpParseOptions Script = CSharpParseOptions.Default.WithKind(SourceCodeKind.Script).WithLanguageVersion(LanguageVersion.Latest);

    /// <inheritdoc/>
    public IReadOnlyList<DeclaredParameter> Declared(string source)
    {
        // Selector and magic lines are no C#; blank ones in their place keep the rest readable.
        var code = string.Join('\n', source.Split('\n').Select(line => line.StartsWith('#') ? "" : line));
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, Script).GetRoot();
        return [.. root.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables.Select(variable => Declare(field, variable)))];
    }

    /// <inheritdoc/>
    public string Assign(string name, DeclaredParameter? declared, JsonNode? value) => declared switch
    {
        null => value is null ? $"object {name} = null;" : $"var {name} = {Literal(value, "", hasTarget: false)};",
        { Declaration: "" } => $"{name} = {Literal(value, declared.Suffix, hasTarget: true)};",
        _ => $"{declared.Declaration} {name} = {Literal(value, declared.Suffix, hasTarget: true)};",
    };

    private static DeclaredParameter Declare(FieldDeclarationSyntax field, VariableDeclaratorSyntax variable)
    {
        var type = field.Declaration.Type.ToString().TrimEnd('?');
        var literal = (variable.Initializer?.Value is PrefixUnaryExpressionSyntax signed ? signed.Operand : variable.Initializer?.Value) as LiteralExpressionSyntax;
        var (kind, suffix) = type == "var" ? OfValue(literal?.Token.Value) : OfType(type);
        var isConstant = field.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.ConstKeyword or SyntaxKind.ReadOnlyKeyword);
        return new DeclaredParameter(variable.Identifier.ValueText, kind)
        {
            Suffix = suffix,
            Declaration = isConstant ? $"{field.Modifiers} {field.Declaration.Type}" : "",
        };
    }

    private static (ParameterKind Kind, string Suffix) OfValue(object? value) => value switch
    {
        string => (ParameterKind.Text, ""),
        bool => (ParameterKind.Boolean, ""),
        int or long or uint or ulong => (ParameterKind.Whole, ""),
        double => (ParameterKind.Real, "d"),
        float => (ParameterKind.Real, "f"),
        decimal => (ParameterKind.Real, "m"),
        _ => (ParameterKind.Any, ""),
    };

    private static (ParameterKind Kind, string Suffix) OfType(string type) => type switch
    {
        "string" or "String" => (ParameterKind.Text, ""),
        "bool" or "Boolean" => (ParameterKind.Boolean, ""),
        "int" or "long" or "short" or "byte" or "uint" or "ulong" or "ushort" or "sbyte" or "nint" or "Int32" or "Int64" => (ParameterKind.Whole, ""),
        "double" or "Double" => (ParameterKind.Real, "d"),
        "float" or "Single" => (ParameterKind.Real, "f"),
        "decimal" or "Decimal" => (ParameterKind.Real, "m"),
        _ => (ParameterKind.Any, ""),
    };

    /// <summary>A value as C# writes it. Lists are collection expressions where the variable's type is known, arrays where it is not.</summary>
    private static string Literal(JsonNode? value, string suffix, bool hasTarget) => value switch
    {
        null => "null",
        JsonArray list when hasTarget => $"[{string.Join(", ", list.Select(item => Literal(item, "", hasTarget)))}]",
        JsonArray list => $"new {ElementType(list)}[] {{ {string.Join(", ", list.Select(item => Literal(item, "", hasTarget)))} }}",
        JsonObject map => $"new Dictionary<string, object> {{ {string.Join(", ", map.Select(entry => $"[{Quoted(entry.Key)}] = {Literal(entry.Value, "", hasTarget: false)}"))} }}",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => Quoted(value.Text()!),
            JsonValueKind.Number => value.ToJsonString() + suffix,
            _ => value.ToJsonString(),
        },
    };

    private static string ElementType(JsonArray list)
    {
        var kinds = list.Select(item => item?.GetValueKind() is JsonValueKind.False ? JsonValueKind.True : item?.GetValueKind()).Distinct().ToList();
        return kinds switch
        {
            [JsonValueKind.String] => "string",
            [JsonValueKind.True] => "bool",
            [JsonValueKind.Number] => list.All(item => item.Whole() is >= int.MinValue and <= int.MaxValue) ? "int" : list.All(item => item.Whole() is not null) ? "long" : "double",
            _ => "object",
        };
    }

    private static string Quoted(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
