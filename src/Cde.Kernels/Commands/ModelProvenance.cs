using Cde.Workbench.Models;
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
        Precision = model.Precision == torch.ScalarType.BFloat16 ? "bfloat16" : "float32",
    });
}

/// <summary>Device and precision options as TorchSharp has them.</summary>
internal static class TorchOptions
{
    public static torch.Device Device(string name)
    {
        if (name == "cuda" && !torch.cuda.is_available())
            throw new Cde.Workbench.CdeException("--device cuda: this libtorch sees no CUDA device; leave the option out, or name a CUDA build with LIBTORCH=<folder>");
        return torch.device(name);
    }

    public static torch.ScalarType Precision(string name) => name == "bfloat16" ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32;
}
