using Cde.Workbench.Training.Averaging;
using Cde.Workbench.Training.Optimization;
using Cde.Workbench.Training.Runs;

namespace Cde.Workbench.Training;

/// <summary>Takes the steps of a run: of training (<see cref="Trainer"/>), or of pre-training.</summary>
internal interface ITrainer : IDisposable
{
    /// <summary>What all trainers do alike.</summary>
    OptimizerSteps Steps { get; }

    /// <summary>The optimiser, with its state.</summary>
    ParameterUpdate Update => Steps.Update;

    /// <summary>The average of the weights; null where none is kept, and in processes that do not write.</summary>
    WeightAverage? Average => Steps.Average;

    /// <summary>Optimiser steps taken; set where weights and moments were loaded.</summary>
    long Step
    {
        get => Steps.Taken;
        set => Steps.Taken = value;
    }

    /// <summary>The vectors of classes as they stand, which the model itself does not hold; null where the loss learns none.</summary>
    ClassVectors? Classes() => null;

    /// <summary>Takes one step.</summary>
    /// <exception cref="CdeException">The loss is no number.</exception>
    StepRecord TakeStep();
}
