using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the optimizers share: groups, states, and the step around their arithmetic.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    /// <summary>Settings of groups that leave theirs open.</summary>
    protected OptimizerOptions _defaults = new();

    /// <summary>States by the handle of their parameter.</summary>
    protected OrderedDict<nint, OptimizerState> _state = new();

    /// <summary>Makes an optimizer without parameters.</summary>
    public OptimizerHelper()
    {
    }

    /// <summary>Settings and states, live: changing a state's tensors or step count changes the optimizer.</summary>
    public virtual StateDictionary state_dict()
    {
        var dict = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            var positions = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                positions.Add(dict.State.Count);
                dict.State.Add(_state[parameter.Handle]);
            }
            dict.Options.Add(group.Options);
            dict.StateIndexRef.Add(positions);
        }
        return dict;
    }

    /// <summary>Copies the settings and states of another optimizer over equally many groups and parameters.</summary>
    /// <exception cref="ArgumentException">Their numbers differ; nothing has changed.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        if (own.Options.Count != state_dict.Options.Count)
            throw new ArgumentException($"The state has {state_dict.Options.Count} parameter groups, the optimizer {own.Options.Count}.", nameof(state_dict));
        if (own.State.Count != state_dict.State.Count)
            throw new ArgumentException($"The state has {state_dict.State.Count} parameters, the optimizer {own.State.Count}.", nameof(state_dict));
        for (int i = 0; i < own.Options.Count; i++)
        {
            if (!ReferenceEquals(own.Options[i], state_dict.Options[i])) own.Options[i].LoadStateDict(state_dict.Options[i]);
        }
        for (int i = 0; i < own.State.Count; i++)
        {
            if (!ReferenceEquals(own.State[i], state_dict.State[i])) own.State[i].LoadStateDict(state_dict.State[i]);
        }
    }

    /// <summary>Moves all states to a device.</summary>
    public void to(Device device)
    {
        foreach (var (_, state) in _state) state.to(device);
    }

    /// <summary>Runs the closure with gradients, then the arithmetic of each group without.</summary>
    /// <typeparam name="T">Kind of the groups.</typeparam>
    /// <param name="body">Changes the parameters of one group; what it leaves in the dispose scope is freed.</param>
    /// <param name="loss_closure">Computes the loss, or null.</param>
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null)
        where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using (enable_grad()) loss = loss_closure();
        }
        using (no_grad())
        using (NewDisposeScope())
        {
            foreach (var group in _parameter_groups) body((T)group);
        }
        return loss;
    }

    // Fixes the group's parameters in order, fills the options that are open, and makes the states.
    private protected void AddGroup(ParamGroup group, OptimizerOptions options, Func<Parameter, OptimizerState> newState)
    {
        options.LearningRate ??= _defaults.LearningRate;
        if (options.InitialLearningRate == 0) options.InitialLearningRate = options.LearningRate!.Value;
        group.Options = options;
        var parameters = group.Parameters.ToArray();
        foreach (var parameter in parameters)
        {
            if (_state.ContainsKey(parameter.Handle)) throw new ArgumentException("A parameter stands in two parameter groups.", nameof(group));
        }
        group.Parameters = parameters;
        _parameter_groups.Add(group);
        foreach (var parameter in parameters)
        {
            var state = newState(parameter);
            _state.Add(parameter.Handle, state);
            state.Initialize(options);
        }
    }

    private protected void DisposeStates()
    {
        foreach (var (_, state) in _state) (state as IDisposable)?.Dispose();
        _state.Clear();
    }
}
