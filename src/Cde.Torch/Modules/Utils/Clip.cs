using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Operations on all parameters of a model at once.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients so that their joint norm is at most <paramref name="max_norm"/>.</summary>
            /// <param name="tensors">The parameters; those without a gradient do not count.</param>
            /// <param name="max_norm">The bound; the factor is min(1, max_norm / (norm + 1e-6)) as in PyTorch.</param>
            /// <param name="norm_type">Exponent of the norm; infinity takes the largest element.</param>
            /// <returns>The joint norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var without = no_grad();
                var gradients = Gradients(tensors);
                if (gradients.Count == 0) return 0;
                var norms = stack(gradients.Select(gradient => Norm(gradient, norm_type).to(gradients[0].device)));
                double norm = Norm(norms, norm_type).to(ScalarType.Float64).item<double>();
                double factor = max_norm / (norm + 1e-6);
                if (factor >= 1) return norm;
                foreach (var gradient in gradients) gradient.mul_(factor);
                return norm;
            }

            /// <summary>Cuts every element of every gradient to within plus and minus <paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var without = no_grad();
                foreach (var gradient in Gradients(tensors)) gradient.clamp_(-clip_value, clip_value);
            }

            private static List<Tensor> Gradients(IEnumerable<Parameter> parameters) =>
                [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];

            private static Tensor Norm(Tensor tensor, double p) => Op.Call("linalg_vector_norm", "", tensor, p);
        }
    }
}
