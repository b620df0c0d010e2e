using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Kernels.Languages.CSharp.Submissions;

namespace Cde.Kernels.Languages.CSharp.Running;

/// <summary>Describes an exception of a cell's code: the cell's line, marked, and the calls that led there.</summary>
/// <param name="chain">Knows which assembly is which cell.</param>
internal sealed class ExceptionDescription(SubmissionChain chain)
{
    // A chain of causes longer than this is a loop, or nothing that a reader follows.
    private const int MaxCauses = 8;

    private readonly CellFrames _frames = new(chain);

    /// <summary>The cell's error.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="running">The cell that was run.</param>
    public CellFailedException Describe(Exception exception, Submission running)
    {
        var frames = _frames.Read(exception);
        var place = frames.FirstOrDefault(frame => frame.Submission == running && frame.Line > 0);
        var lines = new List<string>();
        if (place.Submission is not null)
            lines.AddRange(CodeExcerpt.Lines(running.Source.CodeInCell, place.Line + running.Source.LinesBefore));
        lines.AddRange(Calls(frames));
        var cause = exception.InnerException;
        for (var depth = 0; cause is not null && depth < MaxCauses; depth++, cause = cause.InnerException)
        {
            lines.Add($" ---> {cause.GetType().Name}: {cause.Message}");
            lines.AddRange(Calls(_frames.Read(cause)));
        }

        return new CellFailedException(new CellError(exception.GetType().Name, exception.Message, lines, place.Line), exception);
    }

    private static IEnumerable<string> Calls(IEnumerable<CellFrame> frames) => frames.Select(frame => "   at " + frame.Text);
}
