using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private bool _areComponentsRegistered;

            /// <summary>
            /// Registers the modules, parameters and tensors that stand in the fields of the derived class. A derived
            /// class calls it at the end of its constructor.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_areComponentsRegistered) return;
                _areComponentsRegistered = true;
                foreach (var field in ComponentFields())
                {
                    string fieldName = field.ComponentName();
                    switch (field.GetValue(this))
                    {
                        case Module module when !_internal_submodules.ContainsKey(fieldName):
                            register_module(fieldName, module);
                            break;
                        case Parameter parameter when !_internal_params.ContainsKey(fieldName):
                            register_parameter(fieldName, parameter);
                            break;
                        case Tensor buffer when buffer is not Modules.Parameter && !_internal_buffers.ContainsKey(fieldName):
                            register_buffer(fieldName, buffer);
                            break;
                    }
                }
            }

            /// <summary>Adds a submodule under a name that is free and has no dot.</summary>
            /// <exception cref="ArgumentException">The name is empty or has a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                RequireFreeName(name, "submodule");
                submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            /// <summary>Adds a submodule; the same as <see cref="register_module"/>.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds a parameter, which the module owns from here on.</summary>
            /// <exception cref="ArgumentException">The name is empty or has a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                RequireFreeName(name, "parameter");
                param.DetachFromDisposeScope();
                _internal_params.Add(name, param);
            }

            /// <summary>Adds a tensor that moves with the module but is not trained; the module owns it from here on.</summary>
            /// <param name="name">Name in the state dictionary.</param>
            /// <param name="tensor">The buffer.</param>
            /// <param name="persistent">Whether it belongs in the state dictionary.</param>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                RequireFreeName(name, "buffer");
                tensor.DetachFromDisposeScope();
                _internal_buffers.Add(name, (tensor, persistent));
            }

            /// <summary>Adds, replaces or, with null, removes a parameter. The caller disposes a replaced one.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                {
                    _internal_params.Remove(name);
                    return;
                }
                value.DetachFromDisposeScope();
                _internal_params[name] = value;
            }

            // What the setter of a layer's parameter does: the layer owns the new one, so it frees the old one.
            private protected void SetParameter(string name, ref Parameter? field, Parameter? value)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = value;
                ConditionallyRegisterParameter(name, value);
            }

            /// <summary>Adds, replaces or, with null, removes a buffer. The caller disposes a replaced one.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                {
                    _internal_buffers.Remove(name);
                    return;
                }
                value.DetachFromDisposeScope();
                _internal_buffers[name] = (value, persistent);
            }

            /// <summary>Forgets all submodules without disposing them.</summary>
            protected void ClearModules() => _internal_submodules.Clear();

            private FieldInfo[] ComponentFields() =>
                GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

            private void RequireFreeName(string name, string kind)
            {
                if (string.IsNullOrEmpty(name)) throw new ArgumentException($"A {kind} needs a name.", nameof(name));
                if (name.Contains('.')) throw new ArgumentException($"Name of {kind} '{name}' has a dot; dots separate modules.", nameof(name));
                if (_internal_params.ContainsKey(name) || _internal_buffers.ContainsKey(name) || _internal_submodules.ContainsKey(name))
                    throw new InvalidOperationException($"{GetName()} already has a component named '{name}'.");
            }
        }
    }
}
