namespace TorchSharp;

public static partial class torch
{
    /// <summary>Automatic differentiation.</summary>
    public static partial class autograd
    {
        /// <summary>Sums up, in the leaves' <see cref="Tensor.grad"/>, the gradients of a tensor.</summary>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Sums up, in the leaves' <see cref="Tensor.grad"/>, the gradients of a tensor, weighted by <paramref name="grad_tensor"/>.</summary>
        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>Sums up, in the leaves' <see cref="Tensor.grad"/>, the gradients of tensors.</summary>
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] roots = Handles(tensors), weights = Handles(grad_tensors), leaves = Handles(inputs);
            fixed (nint* rootsPointer = roots, weightsPointer = weights, leavesPointer = leaves)
            {
                NativeMethods.Check(NativeMethods.cde_backward(
                    rootsPointer, roots.Length, weightsPointer, weights.Length, leavesPointer, leaves.Length,
                    retain_graph is { } retain ? (retain ? 1 : 0) : -1, create_graph ? 1 : 0));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        /// <summary>The gradients of outputs with respect to inputs, without touching <see cref="Tensor.grad"/>; null for an unused input.</summary>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false,
            bool allow_unused = false)
        {
            nint[] roots = Handles(outputs), leaves = Handles(inputs), weights = Handles(grad_outputs);
            var results = new nint[leaves.Length];
            fixed (nint* rootsPointer = roots, weightsPointer = weights, leavesPointer = leaves, resultsPointer = results)
            {
                NativeMethods.Check(NativeMethods.cde_grad(
                    rootsPointer, roots.Length, weightsPointer, weights.Length, leavesPointer, leaves.Length,
                    retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, resultsPointer));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return [.. results.Select(result => Tensor.Own(result)!)];
        }

        private static nint[] Handles(IList<Tensor>? tensors) => tensors is null ? [] : [.. tensors.Select(tensor => tensor?.Handle ?? 0)];
    }
}
