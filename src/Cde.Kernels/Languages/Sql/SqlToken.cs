namespace Cde.Kernels.Languages;

/// <summary>A piece of SQL text. Blanks belong to no token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="IsClosed">False for a string, name or comment whose end is missing.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, bool IsClosed = true)
{
    /// <summary>Its text.</summary>
    public ReadOnlySpan<char> In(string sql) => sql.AsSpan(Start, End - Start);

    /// <summary>Whether it is this word, letter case aside.</summary>
    public bool Is(string sql, string word) => Kind == SqlTokenKind.Word && In(sql).Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The kinds of <see cref="SqlToken"/>.</summary>
internal enum SqlTokenKind
{
    /// <summary>A name or keyword.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A string, in single quotes or between dollar signs.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>A value of the notebook: <c>@name</c> or <c>@language:name</c>.</summary>
    Parameter,

    /// <summary>A semicolon.</summary>
    Semicolon,

    /// <summary>An operator or a single sign.</summary>
    Sign,
}
