using Cde.Workbench.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Optimization;

/// <summary>AdamW over the parameters that move, with clipping and a schedule, and its state on disk.</summary>
public sealed class ParameterUpdate : IDisposable
{
    private readonly IReadOnlyList<MovedParameter> parameters;
    private readonly IReadOnlyList<(double Factor, MovedParameter[] Members)> groups;
    private readonly AdamW optimizer;
    private readonly LearningRateSchedule schedule;
    private readonly OptimizerSettings settings;

    /// <summary>Readies the optimiser; moments are 0. Parameters that <see cref="OptimizerSettings.Freeze"/> names for the whole run stop asking for gradients.</summary>
    /// <param name="module">Whose parameters move; owned by the caller.</param>
    /// <param name="settings">Rates, decay, clipping.</param>
    /// <param name="scheduleOptions">The learning rate's course.</param>
    /// <param name="steps">Steps of the whole run.</param>
    /// <param name="beside">Parameters of the loss, which move with the model's; owned by the caller.</param>
    /// <param name="seed">The run's, of a schedule that draws.</param>
    public ParameterUpdate(
        nn.Module module, OptimizerSettings settings, ScheduleOptions scheduleOptions, long steps, IReadOnlyList<(string Name, Parameter Value)>? beside = null, long seed = 0)
    {
        this.settings = settings;
        schedule = new LearningRateSchedule(scheduleOptions, steps, seed);
        parameters = ParameterGroups.Of(module, settings, beside);
        groups = [.. parameters.GroupBy(entry => (entry.RateFactor, entry.IsDecayed)).Select(group => (group.Key.RateFactor, group.ToArray()))];
        optimizer = new AdamW(
            [.. groups.Select(group => new AdamW.ParamGroup(
                group.Members.Select(entry => entry.Parameter), settings.LearningRate * group.Factor, settings.Beta1, settings.Beta2, settings.Epsilon,
                group.Members[0].IsDecayed ? settings.WeightDecay : 0))],
            settings.LearningRate, settings.Beta1, settings.Beta2, settings.Epsilon, settings.WeightDecay);
    }

    /// <summary>The parameters that move.</summary>
    internal IReadOnlyList<MovedParameter> Parameters => parameters;

    /// <summary>Names and values of the parameters that move.</summary>
    public IEnumerable<(string Name, Tensor Value)> Values => parameters.Select(entry => (entry.Name, (Tensor)entry.Parameter));

    /// <summary>Both moments of each.</summary>
    public IEnumerable<(string Name, Tensor Value)> Moments =>
        States().SelectMany(entry => new[] { (entry.Name + ".exp_avg", entry.State.exp_avg), (entry.Name + ".exp_avg_sq", entry.State.exp_avg_sq) });

    /// <summary>Steps that each has moved.</summary>
    public IReadOnlyDictionary<string, long> ParameterSteps => States().ToDictionary(entry => entry.Name, entry => entry.State.step);

    /// <summary>Forgets the gradients. A parameter that a step gives none keeps its moments.</summary>
    public void Forget() => Forget(parameters);

    /// <summary>The learning rate of the step after <paramref name="taken"/> steps.</summary>
    public double Rate(long taken) => settings.LearningRate * schedule.Factor(taken);

    /// <summary>Refuses a step whose loss is no number: its gradients would spoil the parameters.</summary>
    /// <param name="taken">Steps taken so far.</param>
    /// <param name="loss">The step's loss.</param>
    /// <exception cref="CdeException">The loss is infinite or NaN.</exception>
    public void Check(long taken, double loss)
    {
        if (!double.IsFinite(loss))
            throw new CdeException($"training step {taken + 1}: the loss is {loss}; lower optimizer.learningRate (now {settings.LearningRate}) or resume from the last checkpoint with a smaller one");
    }

    /// <summary>Clips the gradients and moves the parameters.</summary>
    /// <param name="taken">Steps taken so far.</param>
    public GradientNorms Step(long taken)
    {
        if (taken < settings.FreezeSteps)
            Forget(parameters.Where(entry => entry.IsHeld)); // without a gradient neither value nor moments move
        var norms = GradientNorms.Clip(parameters, settings.ClipNorm);
        var rate = Rate(taken);
        foreach (var (group, (factor, _)) in optimizer.ParamGroups.Zip(groups))
            group.LearningRate = rate * factor;
        optimizer.step();
        return norms;
    }

    /// <summary>Takes values and moments from files.</summary>
    /// <exception cref="CdeException">A tensor is missing or has another shape.</exception>
    public void Load(SafetensorsFile values, SafetensorsFile moments, IReadOnlyDictionary<string, long> steps)
    {
        using var mode = no_grad();
        foreach (var (name, value) in Values)
            Fill(value, values, name);
        foreach (var (name, value) in Moments)
            Fill(value, moments, name);
        if (States().FirstOrDefault(entry => !steps.ContainsKey(entry.Name)) is { Name: { } missing })
            throw new CdeException($"{moments.Path}: the steps of {missing} are missing; the checkpoint is of another model");
        SetSteps(steps);
    }

    /// <summary>Sets <see cref="ParameterSteps"/>.</summary>
    internal void SetSteps(IReadOnlyDictionary<string, long> steps)
    {
        foreach (var (name, state) in States())
            state.step = steps[name];
    }

    /// <inheritdoc/>
    public void Dispose() => optimizer.Dispose();

    /// <summary>Takes a tensor's values from a file.</summary>
    internal static void Fill(Tensor target, SafetensorsFile file, string name)
    {
        if (!file.Entries.TryGetValue(name, out var entry) || !entry.Shape.SequenceEqual(target.shape))
            throw new CdeException($"{file.Path}: tensor {name} is missing or has another shape than the model; the checkpoint is of another model");
        using var values = tensor(file.Floats(name), [.. entry.Shape]);
        target.copy_(values);
    }

    private static void Forget(IEnumerable<MovedParameter> some)
    {
        foreach (var entry in some)
        {
            using var gradient = entry.Parameter.grad;
            if (gradient is not null)
                entry.Parameter.grad = null;
        }
    }

    /// <summary>The optimiser's states in its own order, with the parameters' names.</summary>
    private IEnumerable<(string Name, AdamW.State State)> States() =>
        groups.SelectMany(group => group.Members).Select(entry => entry.Name).Zip(optimizer.state_dict().State.Cast<AdamW.State>());
}
