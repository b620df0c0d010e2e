namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with one input: derive from it and write <c>forward</c>, callers use <c>call</c>.</summary>
        /// <typeparam name="T">Type of the input.</typeparam>
        /// <typeparam name="TResult">Type of the result.</typeparam>
        public abstract class Module<T, TResult> : HookableModule<
            Func<Module<T, TResult>, T, T>,
            Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            /// <summary>Makes a module without components.</summary>
            /// <param name="name">Name of the kind of module.</param>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>Computes the result; called through <see cref="call"/>, which also runs the hooks.</summary>
            public abstract TResult forward(T input);

            /// <summary>Runs the module, hooks included.</summary>
            public TResult call(T input)
            {
                if (!HasHooks) return forward(input);
                BeforeForward();
                foreach (var hook in pre_hooks.Values)
                {
                    if (hook(this, input) is { } changed) input = changed;
                }
                var result = forward(input);
                AfterForward();
                foreach (var hook in post_hooks.Values)
                {
                    if (hook(this, input, result) is { } changed) result = changed;
                }
                return result;
            }
        }
    }
}
