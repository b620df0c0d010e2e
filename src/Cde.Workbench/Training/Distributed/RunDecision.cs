namespace Cde.Workbench.Training.Distributed;

/// <summary>What a run does next. Of what the processes propose, the highest is done by all.</summary>
internal enum RunDecision
{
    /// <summary>One more step.</summary>
    Step,

    /// <summary>Someone asked to stop: save and leave.</summary>
    Cancel,

    /// <summary>The time is over, and the state is saved.</summary>
    Limit,

    /// <summary>The run is at its end.</summary>
    Finish,
}
