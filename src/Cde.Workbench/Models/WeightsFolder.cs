using System.Text.Json;
using Cde.Workbench.Models.Hub;

namespace Cde.Workbench.Models;

/// <summary>The weights of a model folder, in any of the forms in which they are stored there.</summary>
internal static class WeightsFolder
{
    /// <summary>The name of pickled weights where there is one file, and of the index of several.</summary>
    public const string PickleName = "pytorch_model.bin", PickleIndexName = "pytorch_model.bin.index.json";

    /// <summary>Whether every file of one form is there: safetensors, pickled weights, each whole or in shards, or a static model's table.</summary>
    public static bool IsWhole(string folder) =>
        new[] { SafetensorsSet.SingleName, PickleName, "vectors.bin.gz" }.Any(name => HubDisk.Exists(Path.Combine(folder, name)))
        || new[] { SafetensorsSet.IndexName, PickleIndexName }.Any(name => HasShards(folder, name))
        || (Directory.Exists(folder) && HubDisk.Exists(Path.Combine(folder, "modules.json")) && Directory.EnumerateFiles(folder, "*.safetensors", SearchOption.AllDirectories).Any());

    private static bool HasShards(string folder, string index)
    {
        var path = Path.Combine(folder, index);
        if (!HubDisk.Exists(path))
            return false;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.GetProperty("weight_map").EnumerateObject().Select(place => place.Value.GetString()).Distinct()
                .All(file => file is not null && HubDisk.Exists(Path.Combine(folder, file)));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }
}
