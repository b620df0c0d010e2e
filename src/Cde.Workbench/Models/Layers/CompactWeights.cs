using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>Makes a loaded encoder's weights compact, whatever its architecture: every linear map, experts' among them, and tables large enough to matter. Routers stay whole: they are small, and decide which experts compute.</summary>
internal static class CompactWeights
{
    /// <summary>Tables of fewer rows (positions, token types, relative distances) keep their type: they are small, and added to every token.</summary>
    public const long SmallestTable = 4096;

    /// <summary>Sees that weights in fewer bits are computed with in float32.</summary>
    /// <exception cref="CdeException">Another type was asked for.</exception>
    public static void RequireFloat32(WeightStorage storage, ScalarType precision)
    {
        if (storage != WeightStorage.AsComputed && precision != ScalarType.Float32)
            throw new CdeException($"weights kept as {storage.ToString().ToLowerInvariant()} are computed with in float32, not in {precision.ToString().ToLowerInvariant()}");
    }

    /// <summary>Rounds in place the weights that are whole still: tables, and maps that were not read so. The module then serves inference alone.</summary>
    public static void Apply(nn.Module module, WeightStorage storage)
    {
        if (storage == WeightStorage.AsComputed)
            return;
        foreach (var part in Parts(module))
        {
            if (part is Projection { Stored: null } map)
                map.Compact(storage);
            else if (part is LookupTable table && table.Weight.size(0) >= SmallestTable)
                table.Compact(storage);
            else if (part is ExpertMaps experts)
                experts.Compact(storage);
        }
    }

    /// <summary>Numbers that were trained, compact ones among them.</summary>
    public static long Count(nn.Module module) => module.parameters().Sum(parameter => parameter.numel()) + Parts(module).Sum(part => part switch
    {
        Projection { Stored: { } stored } => stored.Shape.Outputs * stored.Shape.Inputs,
        LookupTable { Stored: { } stored } => stored.Shape.Outputs * stored.Shape.Inputs,
        ExpertMaps experts => experts.Stored.Sum(map => map.Shape.Outputs * map.Shape.Inputs),
        _ => 0,
    });

    /// <summary>Bytes of weights and buffers.</summary>
    public static long Bytes(nn.Module module) => module.parameters().Concat<Tensor>(module.buffers()).Distinct(ReferenceEqualityComparer.Instance).OfType<Tensor>().Sum(tensor => tensor.numel() * tensor.element_size());

    /// <summary>Each once: a map may stand under its checkpoint's name and its field's.</summary>
    private static List<nn.Module> Parts(nn.Module module) => [.. module.modules().Distinct(ReferenceEqualityComparer.Instance).OfType<nn.Module>()];
}
