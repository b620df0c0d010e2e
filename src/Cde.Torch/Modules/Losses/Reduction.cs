namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What a loss returns.</summary>
        public enum Reduction : long
        {
            /// <summary>One loss for each element or row.</summary>
            None,

            /// <summary>Their mean.</summary>
            Mean,

            /// <summary>Their sum.</summary>
            Sum,
        }
    }
}
