namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that functions can watch: they run before or after it, in order of registration.</summary>
        /// <typeparam name="TPreHook">Function that sees, and may replace, the input.</typeparam>
        /// <typeparam name="TPostHook">Function that sees, and may replace, the result.</typeparam>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            /// <summary>Functions run before <c>forward</c> that see the input.</summary>
            protected Dictionary<string, TPreHook> pre_hooks = [];

            /// <summary>Functions run after <c>forward</c> that see the result.</summary>
            protected Dictionary<string, TPostHook> post_hooks = [];

            /// <summary>Functions run before <c>forward</c> that see the module alone.</summary>
            protected Dictionary<string, Action<Module>> module_pre_hooks = [];

            /// <summary>Functions run after <c>forward</c> that see the module alone.</summary>
            protected Dictionary<string, Action<Module>> module_post_hooks = [];

            private int _hooksMade;

            /// <summary>Makes a module without components.</summary>
            /// <param name="name">Name of the kind of module.</param>
            protected HookableModule(string name) : base(name)
            {
            }

            private protected bool HasHooks =>
                pre_hooks.Count + post_hooks.Count + module_pre_hooks.Count + module_post_hooks.Count > 0;

            /// <summary>Adds a function that runs after <c>forward</c>; its result, where not null, replaces the module's.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Registered(post_hooks, hook);

            /// <summary>Adds a function that runs after <c>forward</c>.</summary>
            public HookRemover register_forward_hook(Action<Module> hook) => Registered(module_post_hooks, hook);

            /// <summary>Adds a function that runs before <c>forward</c>; its result, where not null, replaces the input.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Registered(pre_hooks, hook);

            /// <summary>Adds a function that runs before <c>forward</c>.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Registered(module_pre_hooks, hook);

            private protected void BeforeForward()
            {
                foreach (var hook in module_pre_hooks.Values) hook(this);
            }

            private protected void AfterForward()
            {
                foreach (var hook in module_post_hooks.Values) hook(this);
            }

            private HookRemover Registered<THook>(Dictionary<string, THook> hooks, THook hook)
            {
                string key = $"hook{_hooksMade++}";
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly string _key;

                /// <summary>Makes the remover of one hook.</summary>
                /// <param name="module">The module that has the hook.</param>
                /// <param name="key">The hook's name.</param>
                public HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
                {
                    _module = module;
                    _key = key;
                }

                /// <summary>Takes the hook away; a second call does nothing.</summary>
                public void remove()
                {
                    _module.pre_hooks.Remove(_key);
                    _module.post_hooks.Remove(_key);
                    _module.module_pre_hooks.Remove(_key);
                    _module.module_post_hooks.Remove(_key);
                }
            }
        }
    }
}
