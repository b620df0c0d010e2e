using Cde.Workbench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Adapters;

/// <summary>A seeded start of adapters: A uniform within 1 / sqrt(in), as PEFT draws it (Kaiming with a = sqrt 5), B 0.</summary>
internal sealed class AdapterWeights(long seed, Device device) : WeightSource
{
    public override bool Has(string name) => true;

    public override Parameter Take(string name, params long[] shape)
    {
        if (!name.EndsWith("lora_A.weight", StringComparison.Ordinal))
            return new Parameter(zeros(shape, device: device), true);
        var random = new SeededRandom(seed ^ BitConverter.ToInt64(Convert.FromHexString(ContentHash.OfText(name).AsSpan(0, 16))));
        var bound = 1 / Math.Sqrt(shape[1]);
        var values = new float[shape[0] * shape[1]];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(bound * (2 * ((random.Next() >> 11) * (1.0 / (1UL << 53))) - 1));
        return new Parameter(tensor(values, shape, device: device), true);
    }
}
