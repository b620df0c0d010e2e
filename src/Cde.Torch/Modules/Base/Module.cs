using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Neural network modules, their functions, initial values and helpers.</summary>
    public static partial class nn
    {
        /// <summary>
        /// Base of all neural network modules. A module owns its parameters, buffers and submodules: they move, change
        /// type and are disposed with it, and dispose scopes leave them alone.
        /// </summary>
        public partial class Module : IDisposable
        {
            /// <summary>Name of the kind of module.</summary>
            protected string? name;

            /// <summary>The parameters held by this module itself, in order of registration.</summary>
            protected OrderedDict<string, Parameter> _internal_params = new();

            /// <summary>The buffers held by this module itself, with whether they belong in the state dictionary.</summary>
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();

            /// <summary>The modules held by this module itself, in order of registration.</summary>
            protected OrderedDict<string, Module> _internal_submodules = new();

            private bool _training = true;

            /// <summary>Makes a module without components.</summary>
            /// <param name="name">Name of the kind of module.</param>
            protected Module(string name) => this.name = name;

            /// <summary>Whether the module behaves as in training (dropout active) or as in evaluation.</summary>
            /// <value>True until <see cref="eval"/>.</value>
            public virtual bool training => _training;

            /// <summary>Name of the kind of module.</summary>
            public virtual string GetName() => name ?? GetType().Name;

            /// <summary>Switches the module and everything below it to training, or with false to evaluation.</summary>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children()) child.train(train);
            }

            /// <summary>Switches the module and everything below it to evaluation.</summary>
            public virtual void eval() => train(false);

            /// <summary>Clears the gradients of all parameters.</summary>
            /// <param name="set_to_none">Drops the gradients; with false they are kept and set to zero.</param>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none) parameter.grad = null;
                    else gradient.zero_();
                }
            }

            /// <summary>Applies a function to every module below this one, then to this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in _internal_submodules) child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Frees the tensors of the module and of everything below it.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees the tensors of the module and of everything below it.</summary>
            /// <param name="disposing">False only when called from a finalizer.</param>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var (_, parameter) in _internal_params) parameter?.Dispose();
                foreach (var (_, (buffer, _)) in _internal_buffers) buffer?.Dispose();
                foreach (var (_, child) in _internal_submodules) child?.Dispose();
            }
        }
    }
}
