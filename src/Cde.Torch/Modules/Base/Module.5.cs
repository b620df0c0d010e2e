namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with five inputs: derive from it and write <c>forward</c>, callers use <c>call</c>.</summary>
        /// <typeparam name="T1">Type of an input.</typeparam>
        /// <typeparam name="T2">Type of an input.</typeparam>
        /// <typeparam name="T3">Type of an input.</typeparam>
        /// <typeparam name="T4">Type of an input.</typeparam>
        /// <typeparam name="T5">Type of an input.</typeparam>
        /// <typeparam name="TResult">Type of the result.</typeparam>
        public abstract class Module<T1, T2, T3, T4, T5, TResult> : HookableModule<
            Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?>,
            Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult>>, IModule<T1, T2, T3, T4, T5, TResult>
        {
            /// <summary>Makes a module without components.</summary>
            /// <param name="name">Name of the kind of module.</param>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>Computes the result; called through <see cref="call"/>, which also runs the hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);

            /// <summary>Runs the module, hooks included.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5)
            {
                if (!HasHooks) return forward(input1, input2, input3, input4, input5);
                BeforeForward();
                foreach (var hook in pre_hooks.Values)
                {
                    if (hook(this, input1, input2, input3, input4, input5) is { } changed) (input1, input2, input3, input4, input5) = changed;
                }
                var result = forward(input1, input2, input3, input4, input5);
                AfterForward();
                foreach (var hook in post_hooks.Values)
                {
                    if (hook(this, input1, input2, input3, input4, input5, result) is { } changed) result = changed;
                }
                return result;
            }
        }
    }
}
