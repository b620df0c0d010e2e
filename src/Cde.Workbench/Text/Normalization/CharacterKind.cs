namespace Cde.Workbench.Text.Normalization;

/// <summary>What the BERT word splitter does with a character.</summary>
internal enum CharacterKind : byte
{
    /// <summary>Part of a word, as one UTF-16 unit.</summary>
    Letter,

    /// <summary>Ends a word.</summary>
    Space,

    /// <summary>Leaves no trace: controls, and combining marks where accents are stripped.</summary>
    Drop,

    /// <summary>A word of its own, as one UTF-16 unit: punctuation, and ideographs where Chinese is split.</summary>
    Isolated,

    /// <summary>Part of a word, as several UTF-16 units.</summary>
    Letters,

    /// <summary>A word of its own, as several UTF-16 units.</summary>
    IsolatedLetters,

    /// <summary>Half of a code point above U+FFFF.</summary>
    Surrogate,
}
