using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class AdamW
{
    /// <summary>Settings of a group; null means the optimizer's default.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>Decay of the average gradient.</summary>
        public double? beta1;

        /// <summary>Decay of the average squared gradient.</summary>
        public double? beta2;

        /// <summary>Added to the root of the average squared gradient.</summary>
        public double? eps;

        /// <summary>Every step multiplies the parameters by 1 - lr · this.</summary>
        public double? weight_decay;

        /// <summary>Whether the largest average squared gradient so far counts.</summary>
        public bool? amsgrad;

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
            var other = source as Options ?? throw new ArgumentException($"Options of {source.GetType()} do not fit AdamW.", nameof(source));
            (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
            (amsgrad, maximize) = (other.amsgrad, other.maximize);
        }
    }

    /// <summary>Parameters that share settings.</summary>
    public class ParamGroup : ParamGroup<Options>, optim.IBetas
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
        /// <param name="beta1">Decay of the average gradient, 0 to below 1.</param>
        /// <param name="beta2">Decay of the average squared gradient, 0 to below 1.</param>
        /// <param name="eps">Added to the root of the average squared gradient.</param>
        /// <param name="weight_decay">Every step multiplies the parameters by 1 - lr · this.</param>
        /// <param name="amsgrad">Whether the largest average squared gradient so far counts.</param>
        /// <param name="maximize">Whether to climb instead.</param>
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08,
            double weight_decay = 0.0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            })
        {
        }

        /// <inheritdoc/>
        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }
}
