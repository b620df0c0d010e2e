using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Makes an affine map with PyTorch's initial values, uniform within 1/sqrt(inputSize).</summary>
        /// <param name="inputSize">Width of the input.</param>
        /// <param name="outputSize">Width of the result.</param>
        /// <param name="hasBias">Whether an offset is added.</param>
        /// <param name="device">Where the parameters lie.</param>
        /// <param name="dtype">Element type of the parameters.</param>
        public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, outputSize, hasBias, device, dtype);

        /// <summary>Makes an affine map of given parameters, which it owns from here on.</summary>
        /// <param name="weight">The matrix, (out, in).</param>
        /// <param name="bias">The offset, (out).</param>
        public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

        /// <summary>Makes a table of standard normal vectors.</summary>
        /// <param name="num_embeddings">Number of rows.</param>
        /// <param name="embedding_dims">Width of a row.</param>
        /// <param name="padding_idx">Row that starts as zero and gets no gradient.</param>
        /// <param name="max_norm">Rows longer than this are shortened to it when looked up.</param>
        /// <param name="norm_type">The p of that length.</param>
        /// <param name="scale_grad_by_freq">Divides a row's gradient by how often the row occurs in the batch.</param>
        /// <param name="sparse">Whether the gradient of the table is a sparse tensor.</param>
        /// <param name="device">Where the table lies.</param>
        /// <param name="dtype">Element type of the table.</param>
        public static Embedding Embedding(
            long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
            bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
        {
            if (padding_idx is { } row && (row < -num_embeddings || row >= num_embeddings))
                throw new ArgumentException($"padding_idx {row} is outside the {num_embeddings} rows.", nameof(padding_idx));
            var weight = new Parameter(empty(num_embeddings, embedding_dims, dtype, device));
            init.normal_(weight);
            var module = new Embedding(weight, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            if (padding_idx is not { } padding) return module;
            using (no_grad())
            using (var row0 = weight.select(0, padding))
            {
                row0.zero_();
            }
            return module;
        }

        /// <summary>Makes a table of given vectors, copied.</summary>
        /// <param name="embeddings">The table, (rows, d).</param>
        /// <param name="freeze">Whether the table is left out of training.</param>
        /// <param name="padding_idx">Row that gets no gradient.</param>
        /// <param name="max_norm">Rows longer than this are shortened to it when looked up.</param>
        /// <param name="norm_type">The p of that length.</param>
        /// <param name="scale_grad_by_freq">Divides a row's gradient by how often the row occurs in the batch.</param>
        /// <param name="sparse">Whether the gradient of the table is a sparse tensor.</param>
        /// <param name="device">Where the table lies.</param>
        /// <param name="dtype">Element type of the table.</param>
        public static Embedding Embedding_from_pretrained(
            Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
            bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
        {
            using var data = embeddings.detach();
            var table = data.to(dtype ?? embeddings.dtype, device ?? embeddings.device, copy: true);
            return new Embedding(new Parameter(table, !freeze), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
        }

        /// <summary>Makes a layer normalisation of the last dimension.</summary>
        /// <param name="normalized_shape">Length of the last dimension.</param>
        /// <param name="eps">Added to the variance before the root.</param>
        /// <param name="elementwise_affine">Whether it scales (and shifts).</param>
        /// <param name="bias">Whether it shifts, where it scales.</param>
        /// <param name="device">Where the parameters lie.</param>
        /// <param name="dtype">Element type of the parameters.</param>
        public static LayerNorm LayerNorm(
            long normalized_shape, double eps = 1E-05, bool elementwise_affine = true, bool bias = true,
            Device? device = null, ScalarType? dtype = null) =>
            LayerNorm([normalized_shape], eps, elementwise_affine, bias, device, dtype);

        /// <summary>Makes a layer normalisation of the last dimensions.</summary>
        /// <param name="normalized_shape">Lengths of those dimensions.</param>
        /// <param name="eps">Added to the variance before the root.</param>
        /// <param name="elementwise_affine">Whether it scales (and shifts).</param>
        /// <param name="bias">Whether it shifts, where it scales.</param>
        /// <param name="device">Where the parameters lie.</param>
        /// <param name="dtype">Element type of the parameters.</param>
        public static LayerNorm LayerNorm(
            long[] normalized_shape, double eps = 1E-05, bool elementwise_affine = true, bool bias = true,
            Device? device = null, ScalarType? dtype = null) =>
            new(normalized_shape, eps, elementwise_affine, bias, device, dtype);
    }
}
