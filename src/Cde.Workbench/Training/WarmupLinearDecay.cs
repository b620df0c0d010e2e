namespace Cde.Workbench.Training;

/// <summary>Linear warm-up from 0, then linear decay to 0 at the last step (as BERT was trained).</summary>
public static class WarmupLinearDecay
{
    /// <summary>The factor on the learning rate at <paramref name="step"/>, 0-based: (step + 1) / warm-up, then down to 0 just after the last step.</summary>
    /// <param name="step">Optimiser steps taken so far.</param>
    /// <param name="warmupSteps">Steps until the full rate.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    public static double Factor(long step, long warmupSteps, long totalSteps)
    {
        if (step < warmupSteps)
            return (step + 1.0) / warmupSteps;
        return totalSteps <= warmupSteps ? 1 : Math.Max(0, (double)(totalSteps - step) / (totalSteps - warmupSteps));
    }
}
