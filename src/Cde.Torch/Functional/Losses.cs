namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Mean over rows of -log softmax(row)[target].</summary>
            /// <param name="input">Scores, (N, classes) or (N, classes, ...).</param>
            /// <param name="target">Class numbers int64 (N) or (N, ...), or probabilities of the shape of <paramref name="input"/>.</param>
            /// <param name="weight">Weight of each class, (classes).</param>
            /// <param name="ignore_index">Target that counts as no row.</param>
            /// <param name="reduction">Mean, sum, or one loss a row.</param>
            /// <param name="label_smoothing">Share of the target spread evenly over the classes, from 0 to 1.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                Op.Call("cross_entropy_loss", "", input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>Mean over rows of -row[target], for rows of log probabilities.</summary>
            /// <param name="input">Log probabilities, (N, classes) or (N, classes, ...).</param>
            /// <param name="target">Class numbers, int64 (N) or (N, ...).</param>
            /// <param name="weight">Weight of each class, (classes).</param>
            /// <param name="reduction">Mean, sum, or one loss a row.</param>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Op.Call("nll_loss_nd", "", input, target, weight, (long)reduction);

            /// <summary>Squared differences.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Op.Call("mse_loss", "", input, target, (long)reduction);

            /// <summary>Absolute differences.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Op.Call("l1_loss", "", input, target, (long)reduction);

            /// <summary>-(y log p + (1 - y) log(1 - p)) for p = sigmoid(x), without overflow.</summary>
            /// <param name="input">Scores x, any shape.</param>
            /// <param name="target">Probabilities y, of that shape.</param>
            /// <param name="weight">Weight of each element, broadcastable.</param>
            /// <param name="reduction">Mean, sum, or one loss an element.</param>
            /// <param name="pos_weights">Weight of the first term, broadcastable.</param>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Op.Call("binary_cross_entropy_with_logits", "", input, target, weight, pos_weights, (long)reduction);

            /// <summary>Kullback-Leibler divergence of <paramref name="target"/> from <paramref name="input"/>; the mean is over elements.</summary>
            /// <param name="input">Log probabilities.</param>
            /// <param name="target">Log probabilities, or probabilities where <paramref name="log_target"/> is off.</param>
            /// <param name="log_target">Whether the target holds logarithms.</param>
            /// <param name="reduction">Mean over elements, sum, or one value an element.</param>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Op.Call("kl_div", "", input, target, (long)reduction, log_target);
        }
    }
}
