namespace Cde.Workbench.Training;

/// <summary>What the learning rate does after its linear warm-up (all but the last as transformers' schedules of these names).</summary>
public enum ScheduleKind
{
    /// <summary>Falls in a line to 0 just after the last step.</summary>
    Linear,

    /// <summary>Stays at the peak.</summary>
    Constant,

    /// <summary>Follows a cosine to 0 just after the last step.</summary>
    Cosine,

    /// <summary>Falls along half a cosine several times, starting at the peak each time.</summary>
    CosineRestarts,

    /// <summary>Falls as a power of the share of steps left, to a share of the peak.</summary>
    Polynomial,

    /// <summary>Is drawn anew each step, evenly between a share of the peak and the peak (GISTEmbed's <c>StochasticTrainer</c>).</summary>
    Random,
}
