namespace Cde.Workbench.Training.Losses;

/// <summary>
/// A temperature that falls while a run goes on: <c>tau_t = max(floor, start decay^t)</c> after t steps. High temperatures first look at all candidates alike, low ones
/// later at the hardest (GISTEmbed's <c>schedule_cl_temperature</c>: 1, 0.9999, 0.001). A pure function, so that a resumed run needs no state of it.
/// </summary>
/// <param name="Start">Of the first step; above 0.</param>
/// <param name="Decay">Factor from each step to the next; above 0, at most 1.</param>
/// <param name="Floor">The lowest, above 0.</param>
public sealed record TemperatureSchedule(double Start, double Decay = 0.9999, double Floor = 0.001)
{
    /// <summary>The temperature of the step after <paramref name="taken"/> steps.</summary>
    public double At(long taken) => Math.Max(Floor, Start * Math.Pow(Decay, taken));
}
