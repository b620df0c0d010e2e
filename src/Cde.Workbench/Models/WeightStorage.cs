namespace Cde.Workbench.Models;

/// <summary>How a loaded model keeps the weights of its linear maps and word tables in memory, for inference.</summary>
public enum WeightStorage
{
    /// <summary>In the type that is computed in.</summary>
    AsComputed,

    /// <summary>IEEE half precision, 2 bytes a weight; products are taken in float32.</summary>
    Float16,

    /// <summary>8-bit integers with a scale an output, 1 byte a weight; products are taken in float32.</summary>
    Int8,

    /// <summary>4-bit integers with a float16 scale for each 32 weights of an output, 0.56 bytes a weight; word tables in 8 bits; products are taken in float32.</summary>
    Int4,

    /// <summary>4-bit NormalFloat (Dettmers et al. 2023): sixteen uneven levels times a scale for each 64 weights of an output, the scales in 8 bits, 0.516 bytes a weight; word tables in 8 bits; products are taken in float32.</summary>
    Nf4,
}
