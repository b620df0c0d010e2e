using System.Text.RegularExpressions;

namespace Cde.Torch.Tests.Api;

/// <summary>Turns one line of the API list into a C# member that compiles and does nothing.</summary>
internal static partial class StubMember
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_Modulus"] = "%",
        ["op_BitwiseAnd"] = "&",
        ["op_BitwiseOr"] = "|",
        ["op_ExclusiveOr"] = "^",
        ["op_LeftShift"] = "<<",
        ["op_RightShift"] = ">>",
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThan"] = ">",
        ["op_GreaterThanOrEqual"] = ">=",
        ["op_UnaryNegation"] = "-",
        ["op_UnaryPlus"] = "+",
        ["op_OnesComplement"] = "~",
        ["op_LogicalNot"] = "!",
    };

    /// <summary>The member's source, or null for what C# cannot declare.</summary>
    /// <param name="signature">The declaration as the list has it.</param>
    /// <param name="inInterface">Whether it stands in an interface, where members have neither access nor body.</param>
    /// <param name="baseCall">What a constructor calls first, or nothing.</param>
    public static string? Of(string signature, bool inInterface, string baseCall)
    {
        signature = KeywordName().Replace(signature, "@$1");
        signature = EnumDefault().Replace(signature, "$1 $2 = $1.$3");
        // Inside an optimizer the name is that of its own kind of group.
        signature = signature.Replace("add_param_group(ParamGroup ", "add_param_group(TorchSharp.Modules.ParamGroup ");
        if (signature.Contains(" Finalize()")) return null;
        if (inInterface) return signature.Replace("public ", "").TrimEnd(';') + (signature.EndsWith('}') ? "" : ";");
        bool isAbstract = signature.Contains(" abstract ");
        if (signature.EndsWith('}'))
        {
            return isAbstract ? signature : signature.Replace("get;", "get => throw null!;").Replace("set;", "set => throw null!;");
        }
        if (!signature.Contains('(') || Field().IsMatch(signature)) return signature + ";";
        if (Operator().Match(signature) is { Success: true } match)
        {
            if (match.Groups[2].Value is "op_Implicit" or "op_Explicit")
            {
                string kind = match.Groups[2].Value == "op_Implicit" ? "implicit" : "explicit";
                return $"public static {kind} operator {match.Groups[1].Value}({match.Groups[3].Value} => throw null!;";
            }
            return Operators.TryGetValue(match.Groups[2].Value, out string? symbol)
                ? $"public static {match.Groups[1].Value} operator {symbol}({match.Groups[3].Value} => throw null!;" : null;
        }
        if (isAbstract) return signature + ";";
        return Constructor().IsMatch(signature) ? $"{signature}{baseCall} => throw null!;" : signature + " => throw null!;";
    }

    // The list shortens "torch.nn.Reduction.Mean" to "Reduction.Mean"; the parameter's own type has the whole name.
    [GeneratedRegex(@"((?:torch\.)?[\w.]+) (\w+) = [A-Z]\w*\.(\w+)(?=[,)])")]
    private static partial Regex EnumDefault();

    [GeneratedRegex(@"^[^(]* = |^[^(]*\([^()]*\)\??[^(:]* \w+$")]
    private static partial Regex Field();

    [GeneratedRegex(@"^public static (.+) (op_\w+)\((.*)$")]
    private static partial Regex Operator();

    // Names that C# can only write with an @.
    [GeneratedRegex(@"(?<=[\w>\])?] )(bool|byte|char|double|float|int|long|short|decimal|default|out|in|ref|base|params|object|string)(?= =|,|\)|$|\(|<)")]
    internal static partial Regex KeywordName();

    [GeneratedRegex(@"^(?:\[.*\] )?(?:public|protected internal|protected) \w+\(")]
    private static partial Regex Constructor();
}
