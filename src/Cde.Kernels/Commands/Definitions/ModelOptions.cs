namespace Cde.Kernels.Commands;

/// <summary>What commands take that compute with a model.</summary>
public record ModelOptions : CorpusOptions
{
    /// <summary>The model: a name, or a folder in the Hugging Face or sentence-transformers layout.</summary>
    [Option("Model: a name (see models list), or a model folder", ValueName = "NAME", Completes = Completes.Models)]
    public string Model { get; init; } = "cde-mini";

    /// <summary>Where tensors live.</summary>
    [Option("Where to compute", Choices = ["cpu", "cuda"])]
    public string Device { get; init; } = "cpu";

    /// <summary>The floating-point type of the computation.</summary>
    [Option("Type to compute in; float16, int8, int4 and nf4 keep the weights so and compute in float32", Choices = ["float32", "bfloat16", "float16", "int8", "int4", "nf4"])]
    public string Precision { get; init; } = "float32";
}
