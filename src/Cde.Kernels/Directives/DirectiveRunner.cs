using Cde.Kernels.Cells;
using Cde.Kernels.Commands;

namespace Cde.Kernels.Directives;

/// <summary>Runs one magic of a cell.</summary>
public static class DirectiveRunner
{
    /// <summary>Runs a line, or shows its help where it asks for that.</summary>
    /// <param name="part">The line.</param>
    /// <param name="cell">The running cell.</param>
    /// <param name="host">The notebook.</param>
    /// <param name="endings">What is done when the cell ends.</param>
    /// <exception cref="CellFailedException">It failed; the line and its number are those of the cell.</exception>
    public static async Task RunAsync(DirectivePart part, CellContext cell, IDirectiveHost host, CellEndings endings)
    {
        var context = new DirectiveContext(part, cell, host, endings);
        if (part.Arguments.AsksHelp)
        {
            context.Show(DirectiveHelp.Of(part.Directive, part.Arguments.Form));
            return;
        }

        try
        {
            await part.Directive.RunAsync(context);
        }
        catch (Exception failure) when (FailureReason.IsKnown(failure) && failure is not CellFailedException)
        {
            var line = part.Arguments.Line;
            throw line.Error(line.Words[0], FailureReason.Of(failure), failure is UsageException ? DirectiveLine.UsageError : failure.GetType().Name, failure);
        }
    }
}
