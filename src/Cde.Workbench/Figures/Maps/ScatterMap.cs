namespace Cde.Workbench.Figures;

/// <summary>
/// Points in the plane, as a projection of embeddings gives them: a colour for each group, grey for what belongs to none, the groups' names
/// at their centres (medians, so that few points far away do not move them). The same scale on both axes and no ticks, since places and distances of a projection have no unit.
/// </summary>
/// <remarks>
/// Up to <see cref="DrawnPoints"/> points the drawing has them all, with what they are told when pointed at. Of more, <see cref="Figure.ToSvg"/>
/// draws an even sample, and the page draws them all on a canvas.
/// </remarks>
/// <example>
/// <code>
/// new ScatterMap { Title = "Documents", X = x, Y = y, Groups = clusters, GroupNames = labels, Ids = ids, Texts = snippets }
/// </code>
/// </example>
public sealed record ScatterMap : Figure
{
    /// <summary>The most points that are drawn one by one; of more, this many stand for all where only a drawing can be shown.</summary>
    public const int DrawnPoints = 5_000;

    /// <summary>Characters of a point's text that are shown; 80 on maps of more than <see cref="DrawnPoints"/> points.</summary>
    public const int TextLength = 200;

    /// <summary>Places across, one a point; any unit, finite.</summary>
    public required IReadOnlyList<float> X { get; init; }

    /// <summary>Places upwards, as many.</summary>
    public required IReadOnlyList<float> Y { get; init; }

    /// <summary>Each point's group, from 0; negative where it belongs to none. Empty: all points are one group without a name.</summary>
    public IReadOnlyList<int> Groups { get; init; } = [];

    /// <summary>The groups' names. A group without one is named by its number.</summary>
    public IReadOnlyList<string> GroupNames { get; init; } = [];

    /// <summary>The points' names, for where they are pointed at. Empty: their numbers.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>The beginnings of the points' texts, for where they are pointed at; 80 to 200 characters say enough. Empty: none.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>What points belonging to no group are called. <value><c>noise</c> by default.</value></summary>
    public string NoiseName { get; init; } = "noise";

    /// <summary>Diamonds on top of the points: queries. Empty: none.</summary>
    public IReadOnlyList<MapMark> Marks { get; init; } = [];

    /// <summary>What the diamonds are called in the legend. <value><c>queries</c> by default.</value></summary>
    public string MarksName { get; init; } = "queries";

    /// <summary>Ways between places, such as documents' displacement between two contexts. Empty: none.</summary>
    public IReadOnlyList<MapArrow> Arrows { get; init; } = [];

    /// <summary>What the arrows are called in the legend. <value><c>displacement</c> by default.</value></summary>
    public string ArrowsName { get; init; } = "displacement";

    /// <summary>How the map was made and how far it can be trusted, in a line under the title; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <inheritdoc/>
    /// <exception cref="CdeException">Lists of different lengths, or a place that is not finite.</exception>
    public override string ToSvg() => new MapDrawing(new MapContent(this)).ToSvg();

    /// <inheritdoc/>
    /// <exception cref="CdeException">Lists of different lengths, or a place that is not finite.</exception>
    public override string ToHtml() => MapHtml.Of(new MapContent(this));

    /// <inheritdoc/>
    /// <exception cref="CdeException">Lists of different lengths, or a place that is not finite.</exception>
    public override string ToPlotlyJson() => MapPlotly.Of(new MapContent(this));

    /// <inheritdoc/>
    /// <exception cref="CdeException">Lists of different lengths, or a place that is not finite.</exception>
    public override string ToText() => MapText.Of(new MapContent(this));
}
