namespace Cde.Workbench.Training;

/// <summary>Where a run computes.</summary>
public enum TrainingDevice
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>The first NVIDIA GPU.</summary>
    Cuda,
}

/// <summary>What the layers of a model in training compute in.</summary>
public enum TrainingPrecision
{
    /// <summary>32 bits.</summary>
    Float32,

    /// <summary>16 bits with the range of 32: half the memory of activations, and faster where the processor or GPU has products of it.</summary>
    Bfloat16,
}
