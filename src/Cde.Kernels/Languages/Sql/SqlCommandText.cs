using System.Globalization;
using System.Text;

namespace Cde.Kernels.Languages;

/// <summary>A statement as it is sent: values of the notebook stand as <c>$1</c>, <c>$2</c>, and places in it lead back to the cell.</summary>
internal sealed class SqlCommandText
{
    private readonly List<(int Sent, int InCell)> _places = [];

    private SqlCommandText(string text, IReadOnlyList<string> names) => (Text, Names) = (text, names);

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>What <c>$1</c>, <c>$2</c> stand for: the references as they are written, with their <c>@</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The text of a statement.</summary>
    public static SqlCommandText Of(SqlStatement statement)
    {
        var text = new StringBuilder();
        var names = new List<string>();
        var places = new List<(int, int)> { (0, statement.Start) };
        var at = statement.Start;
        foreach (var token in statement.Tokens.Where(token => token.Kind == SqlTokenKind.Parameter))
        {
            var name = token.In(statement.Sql).ToString();
            if (!names.Contains(name))
                names.Add(name);
            text.Append(statement.Sql, at, token.Start - at);
            places.Add((text.Length, token.Start));
            text.Append('$').Append((names.IndexOf(name) + 1).ToString(CultureInfo.InvariantCulture));
            places.Add((text.Length, token.End));
            at = token.End;
        }

        text.Append(statement.Sql, at, statement.End - at);
        var command = new SqlCommandText(text.ToString(), names);
        command._places.AddRange(places);
        return command;
    }

    /// <summary>The place in the cell of a position that the server names.</summary>
    /// <param name="position">Characters from 1, as the server counts them: code points.</param>
    /// <returns>UTF-16 units from 0.</returns>
    public int PlaceInCell(int position)
    {
        var sent = 0;
        for (var left = position - 1; left > 0 && sent < Text.Length; left--)
            sent += char.IsHighSurrogate(Text[sent]) ? 2 : 1;
        var place = _places.FindLastIndex(place => place.Sent <= sent);
        // Inside $1 there is only the parameter's own place.
        var inside = place % 2 == 1 ? 0 : sent - _places[place].Sent;
        return _places[place].InCell + inside;
    }
}
