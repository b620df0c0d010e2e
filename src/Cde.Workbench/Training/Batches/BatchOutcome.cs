namespace Cde.Workbench.Training;

/// <summary>What came out of one batch of a step.</summary>
/// <param name="Loss">Its loss before the update.</param>
/// <param name="Pairs">Pairs, or texts where it has single ones.</param>
/// <param name="Tokens">Real tokens that were encoded, context included.</param>
internal abstract record BatchOutcome(double Loss, int Pairs, long Tokens);
