namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>The code of one cell, or of its C# part.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">What errors call the cell.</param>
/// <param name="LinesBefore">The lines of the cell before the code.</param>
internal sealed record CellSource(string Code, string Name, int LinesBefore = 0)
{
    /// <summary>The code on the lines that it has in the cell.</summary>
    public string CodeInCell => new string('\n', LinesBefore) + Code;

    /// <summary>One line of the code.</summary>
    /// <param name="index">Which, from 0.</param>
    public string Line(int index) => Code.ReplaceLineEndings("\n").Split('\n')[index];
}
