namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A function with a gradient of its own.</summary>
        /// <typeparam name="T">The function itself.</typeparam>
        public abstract class Function<T>
            where T : Function<T>, new()
        {
            /// <summary>What it is called.</summary>
            public abstract string Name { get; }
        }

        /// <summary>A function of one result, with a gradient of its own.</summary>
        /// <typeparam name="T">The function itself.</typeparam>
        public abstract class SingleTensorFunction<T> : Function<T>
            where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Computes the function, and records its gradient where a tensor among <paramref name="vars"/> asks for gradients.</summary>
            public static Tensor apply(params object[] vars)
            {
                var (function, context) = (new T(), new AutogradContext());
                Tensor[] inputs = [.. vars.OfType<Tensor>()];
                var areTensors = Array.ConvertAll(vars, value => value is Tensor); // the tensors themselves must not live as long as the graph
                Tensor output;
                using (no_grad())
                    output = function.forward(context, vars);
                return is_grad_enabled() && Array.Exists(inputs, input => input.requires_grad)
                    ? NativeFunction.Record(output, inputs, gradient => function.Gradients(context, areTensors, gradient))
                    : output;
            }

            /// <summary>The result; what <see cref="backward"/> needs is kept in <paramref name="ctx"/>.</summary>
            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>The gradients of what <see cref="forward"/> took, one for each; null for what is no tensor or needs none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            /// <summary>Those of the tensors alone.</summary>
            private List<Tensor?> Gradients(AutogradContext context, bool[] areTensors, Tensor gradient)
            {
                List<Tensor?> gradients = [.. backward(context, gradient)];
                return gradients.Count == areTensors.Length
                    ? [.. gradients.Where((_, i) => areTensors[i])]
                    : throw new InvalidOperationException($"function {Name} returned {gradients.Count} gradients, it took {areTensors.Length} arguments");
            }
        }
    }
}
