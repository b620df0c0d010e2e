using System.Globalization;

namespace Cde.Workbench.Figures;

/// <summary>A group of a map's points.</summary>
/// <param name="Index">Its number; -1 for the points that belong to none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Points">How many points it has.</param>
/// <param name="X">Its centroid, across.</param>
/// <param name="Y">Its centroid, upwards.</param>
internal sealed record MapGroup(int Index, string Name, int Points, double X, double Y)
{
    /// <summary>The groups of a map that have points: the largest first, among equals by number, noise last.</summary>
    public static IReadOnlyList<MapGroup> Of(ScatterMap map)
    {
        var sums = new Dictionary<int, (int Points, double X, double Y)>();
        for (var point = 0; point < map.X.Count; point++)
        {
            var group = map.Groups.Count == 0 ? 0 : Math.Max(-1, map.Groups[point]);
            var (points, x, y) = sums.GetValueOrDefault(group);
            sums[group] = (points + 1, x + map.X[point], y + map.Y[point]);
        }

        return
        [
            .. sums.Select(entry => new MapGroup(entry.Key, NameOf(map, entry.Key), entry.Value.Points, entry.Value.X / entry.Value.Points, entry.Value.Y / entry.Value.Points))
                .OrderBy(group => group.Index < 0).ThenByDescending(group => group.Points).ThenBy(group => group.Index),
        ];
    }

    private static string NameOf(ScatterMap map, int group) =>
        group < 0 ? map.NoiseName
        : group < map.GroupNames.Count ? map.GroupNames[group]
        : map.Groups.Count == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"group {group}");
}
