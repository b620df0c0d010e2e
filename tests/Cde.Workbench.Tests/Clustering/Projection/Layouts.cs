using Cde.Workbench.Clustering;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Clustering.Projection;

/// <summary>What tests ask of maps.</summary>
internal static class Layouts
{
    /// <summary>The share of points whose nearest other on the map has their label.</summary>
    public static double NearestShareLabels(MapPoints map, int[] labels) => Enumerable.Range(0, map.Count).Average(i =>
    {
        var nearest = Enumerable.Range(0, map.Count).Where(j => j != i).MinBy(j => Math.Pow(map.X[i] - map.X[j], 2) + Math.Pow(map.Y[i] - map.Y[j], 2));
        return labels[nearest] == labels[i] ? 1 : 0;
    });

    /// <summary>Runs with so many threads inside a matrix product.</summary>
    public static T WithThreads<T>(int threads, Func<T> run)
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(threads);
            return run();
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
