using System.Text;

namespace Cde.Workbench.Text.Splitting;

/// <summary>Rewrites an expression of the tokenizers' engines into .NET's syntax with the same meaning, and refuses what has none.</summary>
internal static class RegexTranslation
{
    // A word character there is a letter, mark, number or connector; .NET leaves out Mc, Me, Nl and No.
    private const string WordClass = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u200C\u200D";

    /// <summary>The expression in .NET's syntax.</summary>
    /// <exception cref="ArgumentException">It has a construct without an equivalent.</exception>
    internal static string Translate(string expression)
    {
        var result = new StringBuilder(expression.Length + 32);
        var isInClass = false;
        for (var index = 0; index < expression.Length; index++)
        {
            var character = expression[index];
            if (character == '\\' && index + 1 < expression.Length)
            {
                result.Append(Escape(expression[++index], isInClass));
                continue;
            }

            if (isInClass && character == '&' && index + 1 < expression.Length && expression[index + 1] == '&')
                throw new ArgumentException("an intersection of classes (&&) is not known");
            if (isInClass && character == '[')
                throw new ArgumentException("a class inside a class is not known");
            if (!isInClass && character == '+' && result.Length > 0 && IsQuantifier(expression, index - 1))
                throw new ArgumentException("a possessive quantifier (such as ++ or ?+) is not known");
            if (character == '[' && !isInClass)
            {
                isInClass = true;
                result.Append(character);
                // A bracket right behind the opening one is a member.
                if (index + 1 < expression.Length && expression[index + 1] == '^')
                    result.Append(expression[++index]);
                if (index + 1 < expression.Length && expression[index + 1] == ']')
                    result.Append('\\').Append(expression[++index]);
                continue;
            }

            isInClass &= character != ']';
            result.Append(character);
        }

        return result.ToString();
    }

    private static string Escape(char escaped, bool isInClass) => (escaped, isInClass) switch
    {
        ('w', true) => WordClass,
        ('w', false) => $"[{WordClass}]",
        ('W', false) => $"[^{WordClass}]",
        ('W', true) => throw new ArgumentException(@"\W inside a class is not known"),
        ('h', _) => isInClass ? "0-9a-fA-F" : "[0-9a-fA-F]",
        _ => "\\" + escaped,
    };

    // Whether a quantifier ends here; a brace may also end the name of a category, and what stands behind a backslash is itself.
    private static bool IsQuantifier(string expression, int index)
    {
        if (index < 1 || expression[index - 1] == '\\')
            return false;
        if (expression[index] != '}')
            return expression[index] is '+' or '*' || (expression[index] == '?' && expression[index - 1] != '(');
        var open = expression.LastIndexOf('{', index);
        return open >= 0 && !(open >= 2 && expression[open - 2] == '\\');
    }
}
