using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class SGD
{
    /// <summary>Settings of a group; null means the optimizer's default.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>Share of the last step that is kept.</summary>
        public double? momentum;

        /// <summary>Share of the gradient that a step with momentum leaves out.</summary>
        public double? dampening;

        /// <summary>This times the parameter is added to the gradient.</summary>
        public double? weight_decay;

        /// <summary>Whether the gradient counts once more on top of the momentum.</summary>
        public bool? nesterov;

        /// <summary>Whether to climb instead.</summary>
        public bool? maximize;

        /// <summary>Makes settings that are all defaults.</summary>
        public Options()
        {
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = source as Options ?? throw new ArgumentException($"Options of {source.GetType()} do not fit SGD.", nameof(source));
            (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
            (nesterov, maximize) = (other.nesterov, other.maximize);
        }
    }

    /// <summary>Parameters that share settings.</summary>
    public class ParamGroup : ParamGroup<Options>, optim.IMomentum
    {
        /// <summary>Makes an empty group.</summary>
        public ParamGroup()
        {
        }

        /// <summary>Makes a group.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="options">The settings.</param>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        /// <summary>Makes a group with settings of its own.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">Learning rate.</param>
        /// <param name="momentum">Share of the last step that is kept.</param>
        /// <param name="dampening">Share of the gradient that a step with momentum leaves out.</param>
        /// <param name="weight_decay">This times the parameter is added to the gradient.</param>
        /// <param name="nesterov">Whether the gradient counts once more on top of the momentum.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0.0, double dampening = 0.0,
            double weight_decay = 0.0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            })
        {
        }

        /// <inheritdoc/>
        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
