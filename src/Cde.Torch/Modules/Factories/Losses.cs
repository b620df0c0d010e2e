using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Makes a cross-entropy loss.</summary>
        /// <param name="weight">Weight of each class, (classes).</param>
        /// <param name="ignore_index">Target that counts as no row; -100 by default.</param>
        /// <param name="reduction">Mean, sum, or one loss a row.</param>
        public static CrossEntropyLoss CrossEntropyLoss(
            Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) => new(weight, ignore_index, reduction);

        /// <summary>Makes a squared error.</summary>
        /// <param name="reduction">Mean, sum, or one loss an element.</param>
        public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);
    }
}
