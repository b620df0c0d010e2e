using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>All parameters one after another in one vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat([.. tensors.Select(tensor => tensor.reshape(-1))]).MoveToOuterDisposeScope();
            }

            /// <summary>Writes a vector made by <see cref="parameters_to_vector"/> back into the parameters.</summary>
            /// <exception cref="ArgumentException">The vector is not as long as the parameters together; nothing has changed.</exception>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                var parameters = tensors.ToList();
                long length = parameters.Sum(parameter => parameter.numel());
                if (vec.numel() != length)
                    throw new ArgumentException($"The vector has {vec.numel()} elements, the parameters {length}.", nameof(vec));
                using var scope = NewDisposeScope();
                using var without = no_grad();
                long start = 0;
                foreach (var parameter in parameters)
                {
                    parameter.copy_(vec.narrow(0, start, parameter.numel()).reshape(parameter.shape));
                    start += parameter.numel();
                }
            }
        }
    }
}
