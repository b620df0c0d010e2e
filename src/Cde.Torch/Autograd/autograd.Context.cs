namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a function keeps from its result for its gradient.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];

            internal AutogradContext()
            {
            }

            /// <summary>Keeps something under a name.</summary>
            public void save_data(string key, object value) => data[key] = value;

            /// <summary>What is kept under a name.</summary>
            public object get_data(string key) => data[key];

            /// <summary>Forgets it.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Forgets it.</summary>
            protected virtual void Dispose(bool disposing) => data.Clear();
        }
    }
}
