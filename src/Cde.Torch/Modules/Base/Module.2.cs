namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with two inputs: derive from it and write <c>forward</c>, callers use <c>call</c>.</summary>
        /// <typeparam name="T1">Type of an input.</typeparam>
        /// <typeparam name="T2">Type of an input.</typeparam>
        /// <typeparam name="TResult">Type of the result.</typeparam>
        public abstract class Module<T1, T2, TResult> : HookableModule<
            Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>,
            Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>, IModule<T1, T2, TResult>
        {
            /// <summary>Makes a module without components.</summary>
            /// <param name="name">Name of the kind of module.</param>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>Computes the result; called through <see cref="call"/>, which also runs the hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs the module, hooks included.</summary>
            public TResult call(T1 input1, T2 input2)
            {
                if (!HasHooks) return forward(input1, input2);
                BeforeForward();
                foreach (var hook in pre_hooks.Values)
                {
                    if (hook(this, input1, input2) is { } changed) (input1, input2) = changed;
                }
                var result = forward(input1, input2);
                AfterForward();
                foreach (var hook in post_hooks.Values)
                {
                    if (hook(this, input1, input2, result) is { } changed) result = changed;
                }
                return result;
            }
        }
    }
}
