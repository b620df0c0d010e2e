namespace Cde.Workbench.Search;

/// <summary>A part of a text.</summary>
/// <param name="Start">Where it begins, in characters from 0.</param>
/// <param name="Length">How many characters it has.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Where it ends: the character after it.</summary>
    public int End => Start + Length;
}
