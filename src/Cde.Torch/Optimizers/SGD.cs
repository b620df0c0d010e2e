using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Steps along the gradient, with momentum if wanted (Sutskever et al. 2013).</summary>
public partial class SGD : OptimizerHelper, optim.IMomentum
{
    /// <summary>Makes an optimizer of one group.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="momentum">Share of the last step that is kept.</param>
    /// <param name="dampening">Share of the gradient that a step with momentum leaves out.</param>
    /// <param name="weight_decay">This times the parameter is added to the gradient.</param>
    /// <param name="nesterov">Whether the gradient counts once more on top of the momentum.</param>
    /// <param name="maximize">Whether to climb instead.</param>
    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0.0, double weight_decay = 0.0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <summary>Makes an optimizer of groups; the other arguments are the defaults of what a group leaves open.</summary>
    /// <param name="parameters">The groups.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="momentum">Share of the last step that is kept.</param>
    /// <param name="dampening">Share of the gradient that a step with momentum leaves out.</param>
    /// <param name="weight_decay">This times the parameter is added to the gradient.</param>
    /// <param name="nesterov">Whether the gradient counts once more on top of the momentum.</param>
    /// <param name="maximize">Whether to climb instead.</param>
    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0.0, double weight_decay = 0.0,
        bool nesterov = false, bool maximize = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lr);
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        ArgumentOutOfRangeException.ThrowIfNegative(weight_decay);
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum needs a momentum above zero and no dampening.", nameof(nesterov));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    /// <summary>The momentum of the first group; setting changes every group.</summary>
    public double Momentum
    {
        get => ((ParamGroup)_parameter_groups[0]).Momentum;
        set
        {
            foreach (var group in _parameter_groups.Cast<ParamGroup>()) group.Momentum = value;
        }
    }

    /// <inheritdoc/>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var defaults = (Options)_defaults;
        var options = param_group.Options as Options ?? new Options();
        options.momentum ??= defaults.momentum;
        options.dampening ??= defaults.dampening;
        options.weight_decay ??= defaults.weight_decay;
        options.nesterov ??= defaults.nesterov;
        options.maximize ??= defaults.maximize;
        AddGroup(param_group, options, parameter => new State(parameter));
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) DisposeStates();
    }

    private void Update(ParamGroup group)
    {
        var options = group.Options;
        double momentum = options.momentum!.Value;
        double sign = options.maximize!.Value ? -1 : 1;
        foreach (var parameter in group.Parameters)
        {
            using var gradient = parameter.grad;
            if (gradient is null) continue;
            double decay = options.weight_decay!.Value;
            using var decayed = decay == 0 ? null : gradient.add(parameter, sign * decay);
            var direction = decayed ?? gradient;
            var state = (State)_state[parameter.Handle];
            if (momentum != 0)
            {
                // The first step takes the gradient whole: dampening begins with the second.
                if (state.momentum_buffer is null) state.momentum_buffer = direction.detach().clone().DetachFromDisposeScope();
                else state.momentum_buffer.mul_(momentum).add_(direction, 1 - options.dampening!.Value);
            }
            double rate = options.LearningRate!.Value * sign;
            if (momentum == 0 || options.nesterov!.Value) parameter.add_(direction, -rate);
            if (momentum != 0) parameter.add_(state.momentum_buffer!, options.nesterov!.Value ? -rate * momentum : -rate);
        }
    }
}
