namespace Cde.Workbench.Figures;

/// <summary>Where the groups' names stand: at their centres or close by, the largest groups first, none over another.</summary>
internal static class MapLabels
{
    /// <summary>The font's size in pixels.</summary>
    public const double Size = 11;

    private const double LineHeight = 15;
    private const double LongestPixels = 180;
    private const int Most = 40; // more names than that hide the points

    // Where a name is tried, in lines up and down from the centre.
    private static readonly double[] Shifts = [0, -1, 1, -2, 2];

    /// <summary>The names in the order of their groups.</summary>
    /// <param name="groups">The groups, the most important first.</param>
    /// <param name="frame">The map's frame.</param>
    /// <param name="width">The plot's width.</param>
    /// <param name="height">The plot's height.</param>
    public static IReadOnlyList<MapLabel> Place(IReadOnlyList<MapGroup> groups, MapFrame frame, double width, double height)
    {
        var labels = new List<MapLabel>();
        var taken = new List<(double Left, double Top, double Right, double Bottom)>();
        foreach (var group in groups.Where(group => group.Index >= 0 && group.Name.Length > 0))
        {
            var text = TextWidth.Cut(group.Name, Size, LongestPixels);
            var half = TextWidth.Of(text, Size) / 2;
            var x = Math.Clamp(frame.X(group.X), Math.Min(half + 2, width / 2), Math.Max(width - half - 2, width / 2));
            var isPlaced = false;
            foreach (var shift in Shifts)
            {
                var y = Math.Clamp(frame.Y(group.Y) + (shift * LineHeight), LineHeight, height - LineHeight);
                var box = (Left: x - half - 2, Top: y - (LineHeight / 2), Right: x + half + 2, Bottom: y + (LineHeight / 2));
                if (taken.Count >= Most || taken.Any(other => box.Left < other.Right && other.Left < box.Right && box.Top < other.Bottom && other.Top < box.Bottom))
                    continue;
                taken.Add(box);
                labels.Add(new MapLabel(group, text, x, y, IsShown: true));
                isPlaced = true;
                break;
            }

            if (!isPlaced)
                labels.Add(new MapLabel(group, text, frame.X(group.X), frame.Y(group.Y), IsShown: false));
        }

        return labels;
    }
}

/// <summary>A group's name on a map.</summary>
/// <param name="Group">The group.</param>
/// <param name="Text">What is written.</param>
/// <param name="X">Its middle, in pixels from the plot's left.</param>
/// <param name="Y">Its middle, in pixels from the plot's top.</param>
/// <param name="IsShown">Whether there is room for it while the whole map is shown.</param>
internal sealed record MapLabel(MapGroup Group, string Text, double X, double Y, bool IsShown);
