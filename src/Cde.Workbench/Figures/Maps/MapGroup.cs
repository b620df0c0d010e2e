using System.Globalization;

namespace Cde.Workbench.Figures;

/// <summary>A group of a map's points.</summary>
/// <param name="Index">Its number; -1 for the points that belong to none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Points">How many points it has.</param>
/// <param name="X">Its centre, across: the median of its points. A mean lies between the parts of a group that a projection has torn, where nothing is.</param>
/// <param name="Y">Its centre, upwards.</param>
internal sealed record MapGroup(int Index, string Name, int Points, double X, double Y)
{
    /// <summary>The groups of a map that have points: the largest first, among equals by number, noise last.</summary>
    public static IReadOnlyList<MapGroup> Of(ScatterMap map)
    {
        var members = Enumerable.Range(0, map.X.Count).ToLookup(point => map.Groups.Count == 0 ? 0 : Math.Max(-1, map.Groups[point]));
        return
        [
            .. members.Select(group => new MapGroup(group.Key, NameOf(map, group.Key), group.Count(), Median(group.Select(point => map.X[point])), Median(group.Select(point => map.Y[point]))))
                .OrderBy(group => group.Index < 0).ThenByDescending(group => group.Points).ThenBy(group => group.Index),
        ];
    }

    private static double Median(IEnumerable<float> places)
    {
        float[] sorted = [.. places.Order()];
        return ((double)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string NameOf(ScatterMap map, int group) =>
        group < 0 ? map.NoiseName
        : group < map.GroupNames.Count ? map.GroupNames[group]
        : map.Groups.Count == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"group {group}");
}
