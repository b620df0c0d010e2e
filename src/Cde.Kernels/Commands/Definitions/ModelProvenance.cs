using Cde.Workbench;
using Cde.Workbench.Models;
using Cde.Workbench.Training.Distributed;
using TorchSharp;

namespace Cde.Kernels.Commands;

/// <summary>Provenance of a result that a loaded model computed.</summary>
internal static class ModelProvenance
{
    public static Provenance Of(EmbeddingModel model, string corpus, string? corpusHash, long? seed, string? contextHash = null) => ComputeFacts.Add(new Provenance
    {
        Seed = seed,
        Model = model.Name,
        ModelHash = model.Hash,
        Corpus = corpus,
        CorpusHash = corpusHash,
        ContextHash = contextHash,
        Device = model.Device.type.ToString().ToLowerInvariant(),
        Precision = model.PrecisionName,
    });
}

/// <summary>Device and precision options as TorchSharp has them.</summary>
internal static class TorchOptions
{
    /// <summary>The CPU, or a GPU: the one of this process' LOCAL_RANK where a launcher has started several, else the first.</summary>
    public static torch.Device Device(string name)
    {
        if (name != "cuda")
            return torch.device(name);
        if (!torch.cuda.is_available())
            throw new CdeException("--device cuda: this libtorch sees no CUDA device; leave the option out, or name a CUDA build with LIBTORCH=<folder>");
        var index = ProcessEnvironment.Read()?.LocalRank ?? 0;
        return index < torch.cuda.device_count() ? torch.device(DeviceType.CUDA, index)
            : throw new CdeException($"--device cuda: LOCAL_RANK is {index}, and this machine has {torch.cuda.device_count()} GPU(s); start as many processes as there are GPUs on a host");
    }

    /// <summary>What <c>--precision</c> takes.</summary>
    public static IReadOnlyList<string> Precisions { get; } = ["float32", "bfloat16", "float16", "int8", "int4", "nf4"];

    /// <summary>How weights are kept; those names are computed in float32.</summary>
    public static WeightStorage Storage(string name) => name switch
    {
        "float16" => WeightStorage.Float16,
        "int8" => WeightStorage.Int8,
        "int4" => WeightStorage.Int4,
        "nf4" => WeightStorage.Nf4,
        _ => WeightStorage.AsComputed,
    };

    public static torch.ScalarType Precision(string name) => name == "bfloat16" ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32;
}
