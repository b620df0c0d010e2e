namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters and persistent buffers by their dotted names. The module keeps owning them.</summary>
            /// <param name="destination">Dictionary to add to; a new one by default.</param>
            /// <param name="prefix">Put with a dot before every name.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (key, parameter) in named_parameters()) destination.TryAdd(Prefixed(key), parameter);
                foreach (var (key, buffer) in named_buffers(true, false)) destination.TryAdd(Prefixed(key), buffer);
                return destination;

                string Prefixed(string key) => string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}";
            }

            /// <summary>Copies tensors by name into the parameters and buffers, converting type and device.</summary>
            /// <param name="source">The tensors; the caller keeps owning them.</param>
            /// <param name="strict">Whether a missing or unexpected name is an error.</param>
            /// <param name="skip">Names to leave alone on both sides.</param>
            /// <returns>Names that <paramref name="source"/> lacks, and names that the module lacks.</returns>
            /// <exception cref="InvalidOperationException">Names do not agree and <paramref name="strict"/> is set; nothing has changed.</exception>
            /// <exception cref="ArgumentException">A shape does not agree; nothing has changed.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                var missing = own.Keys.Where(key => !Skipped(key) && !source.ContainsKey(key)).ToList();
                var unexpected = source.Keys.Where(key => !Skipped(key) && !own.ContainsKey(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The state dictionary does not fit {GetName()}: {Listed("missing", missing)}; {Listed("unexpected", unexpected)}. " +
                        "Pass strict: false to load what fits.");
                }

                var shared = own.Where(pair => !Skipped(pair.Key) && source.ContainsKey(pair.Key)).ToList();
                foreach (var (key, target) in shared)
                {
                    if (!target.shape.AsSpan().SequenceEqual(source[key].shape))
                    {
                        throw new ArgumentException(
                            $"Tensor '{key}' has the wrong shape: expected [{string.Join(", ", target.shape)}], " +
                            $"found [{string.Join(", ", source[key].shape)}].", nameof(source));
                    }
                }
                using (no_grad())
                {
                    foreach (var (key, target) in shared) target.copy_(source[key]);
                }
                return (missing, unexpected);

                bool Skipped(string key) => skip is not null && skip.Contains(key);
            }

            // Names of a wrong checkpoint run into the hundreds; the first few tell which one it is.
            private static string Listed(string what, List<string> keys) =>
                keys.Count == 0 ? $"none {what}" : $"{keys.Count} {what} ({string.Join(", ", keys.Take(5))}{(keys.Count > 5 ? ", ..." : "")})";
        }
    }
}
