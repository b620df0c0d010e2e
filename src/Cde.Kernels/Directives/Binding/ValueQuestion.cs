namespace Cde.Kernels.Directives;

/// <summary>Asks which values could stand for a parameter.</summary>
/// <param name="Host">The notebook.</param>
/// <param name="Language">The cell's language at that line.</param>
/// <param name="Typed">What is typed of the value so far, without quotes.</param>
public sealed record ValueQuestion(IDirectiveHost Host, string Language, string Typed);
