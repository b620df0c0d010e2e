namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether operations on the tensor are recorded for differentiation.</summary>
        public bool requires_grad
        {
            get => (Info.Flags & NativeFlags.RequiresGrad) != 0;
            set
            {
                NativeMethods.Check(NativeMethods.cde_tensor_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        /// <summary>The gradient that <see cref="backward()"/> has summed up; null before.</summary>
        public Tensor? grad
        {
            get
            {
                NativeMethods.Check(NativeMethods.cde_tensor_grad(Handle, out var found));
                GC.KeepAlive(this);
                return Own(found);
            }

            set
            {
                NativeMethods.Check(NativeMethods.cde_tensor_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        /// <summary>Switches recording for differentiation; returns the tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Switches recording for differentiation; returns the tensor.</summary>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is not a leaf.</summary>
        public void retain_grad()
        {
            NativeMethods.Check(NativeMethods.cde_tensor_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>Computes the gradients of this scalar with respect to the leaves it was made from.</summary>
        public void backward() => autograd.backward(this);

        /// <summary>Computes gradients of this tensor with respect to the leaves it was made from.</summary>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors!, retain_graph, create_graph, inputs!);

        /// <summary>The same elements, cut off from differentiation.</summary>
        public Tensor detach() => Op.Call("detach", "", this);

        /// <summary>Cuts this tensor off from differentiation.</summary>
        public Tensor detach_() => Op.Mutate("detach_", "", this);
    }
}
