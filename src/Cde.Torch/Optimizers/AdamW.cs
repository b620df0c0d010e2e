using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019): the decay scales the parameter, not the gradient.</summary>
public partial class AdamW : OptimizerHelper, optim.IBetas
{
    /// <summary>Makes an optimizer of one group.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="beta1">Decay of the average gradient, 0 to below 1.</param>
    /// <param name="beta2">Decay of the average squared gradient, 0 to below 1.</param>
    /// <param name="eps">Added to the root of the average squared gradient.</param>
    /// <param name="weight_decay">Every step multiplies the parameters by 1 - lr · this.</param>
    /// <param name="amsgrad">Whether the largest average squared gradient so far counts (Reddi et al. 2018).</param>
    /// <param name="maximize">Whether to climb instead.</param>
    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08,
        double weight_decay = 0.0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>Makes an optimizer of groups; the other arguments are the defaults of what a group leaves open.</summary>
    /// <param name="parameters">The groups.</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="beta1">Decay of the average gradient, 0 to below 1.</param>
    /// <param name="beta2">Decay of the average squared gradient, 0 to below 1.</param>
    /// <param name="eps">Added to the root of the average squared gradient.</param>
    /// <param name="weight_decay">Every step multiplies the parameters by 1 - lr · this.</param>
    /// <param name="amsgrad">Whether the largest average squared gradient so far counts (Reddi et al. 2018).</param>
    /// <param name="maximize">Whether to climb instead.</param>
    public AdamW(
        IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08,
        double weight_decay = 0.0, bool amsgrad = false, bool maximize = false)
    {
        AdamStep.RequireSettings(lr, beta1, beta2, eps, weight_decay);
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    /// <summary>The betas of the first group; setting changes every group.</summary>
    public (double, double) Betas
    {
        get => ((ParamGroup)_parameter_groups[0]).Betas;
        set
        {
            foreach (var group in _parameter_groups.Cast<ParamGroup>()) group.Betas = value;
        }
    }

    /// <inheritdoc/>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var defaults = (Options)_defaults;
        var options = param_group.Options as Options ?? new Options();
        options.beta1 ??= defaults.beta1;
        options.beta2 ??= defaults.beta2;
        options.eps ??= defaults.eps;
        options.weight_decay ??= defaults.weight_decay;
        options.amsgrad ??= defaults.amsgrad;
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
        foreach (var parameter in group.Parameters)
        {
            using var gradient = parameter.grad;
            if (gradient is null) continue;
            var state = (State)_state[parameter.Handle];
            state.step++;
            double decay = options.LearningRate!.Value * options.weight_decay!.Value;
            if (state.max_exp_avg_sq is null && FusedAdamW.Takes(parameter, gradient, state.exp_avg, state.exp_avg_sq))
            {
                FusedAdamW.Apply(
                    parameter, gradient, state.exp_avg, state.exp_avg_sq, state.step, options.LearningRate.Value, options.beta1!.Value, options.beta2!.Value, options.eps!.Value,
                    decay, options.maximize!.Value);
                continue;
            }

            if (decay != 0) parameter.mul_(1 - decay);
            AdamStep.Apply(
                parameter, gradient, state.exp_avg, state.exp_avg_sq, state.max_exp_avg_sq, state.step, options.LearningRate.Value,
                options.beta1!.Value, options.beta2!.Value, options.eps!.Value, options.maximize!.Value);
        }
    }
}
