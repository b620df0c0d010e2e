namespace Cde.Kernels.Languages;

/// <summary>
/// Cuts SQL into tokens by PostgreSQL's rules (manual, chapter 4.1): nested comments, strings with and without backslashes, dollar quotes.
/// <c>@name</c> is a value of the notebook where no operator of PostgreSQL ends there: <c>id=@x</c> is one, <c>a &lt;@ b</c> and <c>@ x</c> are operators.
/// </summary>
/// <param name="sql">The text.</param>
/// <param name="isLanguage">Whether a word names a language, so that <c>@csharp:x</c> is one value; none is where null.</param>
internal sealed class SqlLexer(string sql, Func<string, bool>? isLanguage = null)
{
    private const string OperatorSigns = "+-*/<>=~!@#%^&|`?";

    private static readonly HashSet<string> BeforeParameter = ["", "=", ">", "<=", ">=", "<>", "!=", "+", "-", "*", "/", "%", "||"];

    private readonly List<SqlToken> _tokens = [];
    private int _at;

    /// <summary>The tokens of a text.</summary>
    public static IReadOnlyList<SqlToken> Read(string sql, Func<string, bool>? isLanguage = null) => new SqlLexer(sql, isLanguage).Read();

    /// <summary>The tokens.</summary>
    public IReadOnlyList<SqlToken> Read()
    {
        while (_at < sql.Length)
        {
            var sign = sql[_at];
            var next = _at + 1 < sql.Length ? sql[_at + 1] : '\0';
            if (char.IsWhiteSpace(sign))
                _at++;
            else if (sign == '-' && next == '-')
                Add(SqlTokenKind.Comment, EndOfLine());
            else if (sign == '/' && next == '*')
                AddComment();
            else if (sign == '\'')
                AddQuoted(SqlTokenKind.Text, _at, hasBackslashes: false);
            else if (sign == '"')
                AddQuoted(SqlTokenKind.QuotedName, _at, hasBackslashes: false);
            else if (sign == '$')
                AddDollar();
            else if (sign == ';')
                Add(SqlTokenKind.Semicolon, _at + 1);
            else if (char.IsAsciiDigit(sign) || (sign == '.' && char.IsAsciiDigit(next)))
                Add(SqlTokenKind.Number, EndOfNumber());
            else if (IsNameStart(sign))
                AddWord();
            else if (OperatorSigns.Contains(sign, StringComparison.Ordinal))
                AddOperator();
            else
                Add(SqlTokenKind.Sign, _at + 1);
        }

        return _tokens;
    }

    /// <summary>Whether a name may begin so.</summary>
    public static bool IsNameStart(char sign) => char.IsLetter(sign) || sign == '_' || sign >= 0x80;

    /// <summary>Whether a name may go on so.</summary>
    public static bool IsNamePart(char sign) => IsNameStart(sign) || char.IsAsciiDigit(sign) || sign == '$';

    private void Add(SqlTokenKind kind, int end, bool isClosed = true)
    {
        _tokens.Add(new(kind, _at, end, isClosed));
        _at = end;
    }

    private void AddWord()
    {
        var end = EndOfName(_at);
        // E'...' is a string with backslashes; the letters B, X, N and U& before a string change nothing here.
        if (end == _at + 1 && sql[_at] is 'e' or 'E' && end < sql.Length && sql[end] == '\'')
            AddQuoted(SqlTokenKind.Text, end, hasBackslashes: true);
        else
            Add(SqlTokenKind.Word, end);
    }

    private void AddQuoted(SqlTokenKind kind, int quoteAt, bool hasBackslashes)
    {
        var quote = sql[quoteAt];
        for (var i = quoteAt + 1; i < sql.Length; i++)
        {
            if (hasBackslashes && sql[i] == '\\')
            {
                i++;
            }
            else if (sql[i] == quote)
            {
                if (i + 1 == sql.Length || sql[i + 1] != quote)
                {
                    Add(kind, i + 1);
                    return;
                }

                i++;
            }
        }

        Add(kind, sql.Length, isClosed: false);
    }

    private void AddDollar()
    {
        var tagEnd = _at + 1 < sql.Length && IsNameStart(sql[_at + 1]) ? EndOfTag(_at + 1) : _at + 1;
        if (tagEnd < sql.Length && sql[tagEnd] == '$')
        {
            var tag = sql[_at..(tagEnd + 1)];
            var close = sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
            Add(SqlTokenKind.Text, close < 0 ? sql.Length : close + tag.Length, close >= 0);
        }
        else
        {
            Add(SqlTokenKind.Sign, _at + 1);
        }
    }

    private void AddComment()
    {
        var depth = 0;
        for (var i = _at; i + 1 < sql.Length; i++)
        {
            if (sql[i] == '/' && sql[i + 1] == '*')
            {
                depth++;
                i++;
            }
            else if (sql[i] == '*' && sql[i + 1] == '/')
            {
                i++;
                if (--depth == 0)
                {
                    Add(SqlTokenKind.Comment, i + 1);
                    return;
                }
            }
        }

        Add(SqlTokenKind.Comment, sql.Length, isClosed: false);
    }

    private void AddOperator()
    {
        var end = _at;
        while (end < sql.Length && OperatorSigns.Contains(sql[end], StringComparison.Ordinal) && !IsCommentStart(end))
            end++;
        var isParameter = sql[end - 1] == '@' && end < sql.Length && IsNameStart(sql[end]) && BeforeParameter.Contains(sql[_at..(end - 1)]);
        if (!isParameter)
        {
            Add(SqlTokenKind.Sign, end);
            return;
        }

        if (end - 1 > _at)
            Add(SqlTokenKind.Sign, end - 1);
        var nameEnd = EndOfName(end);
        var hasLanguage = nameEnd + 1 < sql.Length && sql[nameEnd] == ':' && IsNameStart(sql[nameEnd + 1]) && isLanguage?.Invoke(sql[end..nameEnd]) == true;
        Add(SqlTokenKind.Parameter, hasLanguage ? EndOfName(nameEnd + 1) : nameEnd);
    }

    private bool IsCommentStart(int at) => at + 1 < sql.Length && (sql[at], sql[at + 1]) is ('-', '-') or ('/', '*');

    private int EndOfLine() => sql.IndexOf('\n', _at) is >= 0 and var end ? end : sql.Length;

    private int EndOfName(int at)
    {
        while (at < sql.Length && IsNamePart(sql[at]))
            at++;
        return at;
    }

    // A dollar sign ends the tag, although it may stand inside other names.
    private int EndOfTag(int at)
    {
        while (at < sql.Length && sql[at] != '$' && IsNamePart(sql[at]))
            at++;
        return at;
    }

    private int EndOfNumber()
    {
        var at = _at;
        while (at < sql.Length && (char.IsAsciiLetterOrDigit(sql[at]) || sql[at] is '_' or '.' || (sql[at] is '+' or '-' && sql[at - 1] is 'e' or 'E')))
            at++;
        return at;
    }
}
