namespace Cde.Workbench.Text;

/// <summary>A token that is found in the raw text, before any splitting.</summary>
/// <param name="Content">How it is written.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsSpecial">Whether decoding may skip it.</param>
/// <param name="SingleWord">Whether it counts only where no letter, digit or underscore touches it.</param>
/// <param name="IgnoreCase">Whether case does not matter (a "normalized" token of a lower-casing tokenizer).</param>
public sealed record AddedToken(string Content, int Id, bool IsSpecial = true, bool SingleWord = false, bool IgnoreCase = false)
{
    /// <summary>Whether it takes the blanks before it.</summary>
    internal bool StripsLeft { get; init; }

    /// <summary>Whether it takes the blanks behind it.</summary>
    internal bool StripsRight { get; init; }

    /// <summary>Whether it is looked for in normalized text, in its normalized form.</summary>
    internal bool IsNormalized { get; init; }
}
