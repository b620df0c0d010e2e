using Cde.Kernels.Displays;

namespace Cde.Kernels.Commands;

/// <summary>Triplets drawn from texts with classes.</summary>
/// <param name="Texts">Texts with a class.</param>
/// <param name="Classes">Their classes.</param>
/// <param name="Triplets">How many triplets were drawn.</param>
/// <param name="Alone">Texts that are alone in their class, and give none.</param>
public sealed record MineClassesResult(int Texts, int Classes, int Triplets, int Alone) : CommandResult
{
    /// <summary>The first triplets, as many as were asked for.</summary>
    public required IReadOnlyList<MinedTriplet> Shown { get; init; }

    /// <summary>The file that was written; null for none.</summary>
    public required string? File { get; init; }

    /// <inheritdoc/>
    public override View Describe()
    {
        var said = new Paragraph(
            $"{Displays.Shown.Count(Triplets)} triplets of {Displays.Shown.Count(Texts)} texts in {Displays.Shown.Count(Classes)} classes"
            + (Alone > 0 ? $"; {Displays.Shown.Count(Alone)} texts are alone in their class" : "") + (File is null ? "" : $"; written to {File}"));
        return Shown.Count == 0 ? new View(said) : new View(said, new Table(
            ["text", "positive", ">cosine", "negative", ">cosine"],
            [.. Shown.Select(triplet => (IReadOnlyList<string>)
            [
                Displays.Shown.Shorten(triplet.Anchor, 40), Displays.Shown.Shorten(triplet.Positive, 40), Displays.Shown.Score(triplet.PositiveScore), Displays.Shown.Shorten(triplet.Negative, 40),
                Displays.Shown.Score(triplet.NegativeScore),
            ])]));
    }
}

/// <summary>A text with one of its class and one of another class.</summary>
/// <param name="Anchor">The text.</param>
/// <param name="Positive">Of the same class.</param>
/// <param name="Negative">Of another class.</param>
/// <param name="PositiveScore">Cosine of the positive with the text.</param>
/// <param name="NegativeScore">Cosine of the negative with the text.</param>
public sealed record MinedTriplet(
    string Anchor, string Positive, string Negative, double PositiveScore, double NegativeScore);
