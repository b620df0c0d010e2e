using System.Text;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>The options behind a language's selector, such as <c>#!sql --as orders</c>: <c>--name value</c>, <c>--name=value</c>, values in quotes where they hold blanks.</summary>
internal sealed class SelectorOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private SelectorOptions()
    {
    }

    /// <summary>Reads the words behind a selector.</summary>
    /// <param name="selector">What errors call the line: <c>#!sql</c>.</param>
    /// <param name="arguments">The words.</param>
    /// <param name="known">The options there are, with their dashes.</param>
    /// <exception cref="CdeException">An unknown option, one without a value, or one given twice.</exception>
    public static SelectorOptions Parse(string selector, string arguments, params IReadOnlyList<string> known)
    {
        var options = new SelectorOptions();
        var words = Words(selector, arguments);
        for (var i = 0; i < words.Count; i++)
        {
            var equals = words[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? words[i] : words[i][..equals];
            if (!known.Contains(name))
                throw new CdeException($"{selector} has no option \"{name}\"; {NearestNames.Suggest(name, known)}");
            if (equals < 0 && i + 1 == words.Count)
                throw new CdeException($"{selector}: {name} needs a value behind it");
            if (!options._values.TryAdd(name, equals < 0 ? words[++i] : words[i][(equals + 1)..]))
                throw new CdeException($"{selector}: {name} is given twice");
        }

        return options;
    }

    /// <summary>An option's value; null where it is not given.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    private static List<string> Words(string selector, string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var word = new StringBuilder();
            for (; i < text.Length && !char.IsWhiteSpace(text[i]); i++)
            {
                if (text[i] != '"')
                {
                    word.Append(text[i]);
                    continue;
                }

                var end = i + 1;
                for (; end < text.Length && text[end] != '"'; end++)
                {
                    if (text[end] == '\\' && end + 1 < text.Length && text[end + 1] is '"' or '\\')
                        end++;
                    word.Append(text[end]);
                }

                i = end < text.Length ? end : throw new CdeException($"{selector}: a quotation mark is not closed");
            }

            words.Add(word.ToString());
        }

        return words;
    }
}
