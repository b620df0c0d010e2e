using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters with their names; one that stands in two places is given once.</summary>
            /// <param name="recurse">Whether those of submodules are included.</param>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<nint>();
                foreach (var (key, parameter) in _internal_params)
                {
                    if (seen.Add(parameter.Handle)) yield return (key, parameter);
                }
                if (!recurse) yield break;
                foreach (var (prefix, child) in _internal_submodules)
                {
                    foreach (var (key, parameter) in child.named_parameters())
                    {
                        if (seen.Add(parameter.Handle)) yield return ($"{prefix}.{key}", parameter);
                    }
                }
            }

            /// <summary>The parameters; one that stands in two places is given once.</summary>
            /// <param name="recurse">Whether those of submodules are included.</param>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(pair => pair.parameter);

            /// <summary>The buffers with their names; one that stands in two places is given once.</summary>
            /// <param name="recurse">Whether those of submodules are included.</param>
            /// <param name="include_nonpersistent">Whether those outside the state dictionary are included.</param>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<nint>();
                foreach (var (key, (buffer, persistent)) in _internal_buffers)
                {
                    if ((persistent || include_nonpersistent) && seen.Add(buffer.Handle)) yield return (key, buffer);
                }
                if (!recurse) yield break;
                foreach (var (prefix, child) in _internal_submodules)
                {
                    foreach (var (key, buffer) in child.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(buffer.Handle)) yield return ($"{prefix}.{key}", buffer);
                    }
                }
            }

            /// <summary>The buffers; one that stands in two places is given once.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(pair => pair.buffer);

            /// <summary>The modules directly below this one, with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children()
            {
                foreach (var (key, child) in _internal_submodules) yield return (key, child);
            }

            /// <summary>The modules directly below this one.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(pair => pair.module);

            /// <summary>All modules below this one, with their dotted names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (key, child) in _internal_submodules)
                {
                    yield return (key, child);
                    foreach (var (below, module) in child.named_modules()) yield return ($"{key}.{below}", module);
                }
            }

            /// <summary>All modules below this one.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(pair => pair.module);

            /// <summary>Whether a parameter of this dotted name exists.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>The parameter of this dotted name, or null.</summary>
            public virtual Parameter? get_parameter(string target)
            {
                if (_internal_params.TryGetValue(target, out var parameter)) return parameter;
                return Below(target, out string rest)?.get_parameter(rest);
            }

            /// <summary>Whether a buffer of this dotted name exists.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>The buffer of this dotted name, or null.</summary>
            public virtual Tensor? get_buffer(string target)
            {
                if (_internal_buffers.TryGetValue(target, out var buffer)) return buffer.Item1;
                return Below(target, out string rest)?.get_buffer(rest);
            }

            private Module? Below(string target, out string rest)
            {
                int dot = target.IndexOf('.');
                rest = target[(dot + 1)..];
                return dot > 0 && _internal_submodules.TryGetValue(target[..dot], out var child) ? child : null;
            }
        }
    }
}
