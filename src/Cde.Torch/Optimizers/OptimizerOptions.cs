namespace TorchSharp.Modules;

/// <summary>Settings of a group of parameters; null means the optimizer's default.</summary>
public class OptimizerOptions
{
    /// <summary>Makes settings that are all defaults.</summary>
    public OptimizerOptions()
    {
    }

    /// <summary>The rate of the next step.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The rate that schedules scale.</summary>
    public double InitialLearningRate { get; set; }

    /// <summary>Takes over the settings of another optimizer.</summary>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }
}
