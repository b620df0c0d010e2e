using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>softmax(q kᵀ / sqrt(d) + mask) v, (..., T, d), (..., S, d), (..., S, v) -> (..., T, v).</summary>
            /// <param name="query">(..., T, d).</param>
            /// <param name="key">(..., S, d).</param>
            /// <param name="value">(..., S, v).</param>
            /// <param name="attn_mask">Broadcastable to (..., T, S): booleans, true where a query may look, or numbers that are added.</param>
            /// <param name="p">Dropout of the attention weights; pass zero in evaluation.</param>
            /// <param name="is_casual">Whether a query sees only keys up to its own position; then <paramref name="attn_mask"/> must be null.</param>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("A causal attention takes no mask of its own.", nameof(attn_mask));
                return HasAttention.Value
                    ? Op.Call("scaled_dot_product_attention", "", query, key, value, attn_mask, p, is_casual)
                    : PlainAttention(query, key, value, attn_mask, p, is_casual);
            }

            // libtorch before 2.0 has no such operator.
            private static readonly Lazy<bool> HasAttention = new(() =>
            {
                try
                {
                    Operator.Find("scaled_dot_product_attention", "");
                    return true;
                }
                catch (ExternalException)
                {
                    return false;
                }
            });

            internal static Tensor PlainAttention(Tensor query, Tensor key, Tensor value, Tensor? mask, double p, bool causal)
            {
                using var scope = NewDisposeScope();
                var scores = matmul(query * (1 / Math.Sqrt(query.shape[^1])), key.transpose(-2, -1)); // (..., T, S)
                if (causal) mask = ones([query.shape[^2], key.shape[^2]], ScalarType.Bool, query.device).tril();
                if (mask is not null)
                    scores = mask.dtype == ScalarType.Bool ? scores.masked_fill(mask.logical_not(), float.NegativeInfinity) : scores + mask;
                var weights = scores.softmax(-1);
                if (p > 0) weights = dropout(weights, p);
                return matmul(weights, value).MoveToOuterDisposeScope(); // (..., T, S) x (..., S, v) -> (..., T, v)
            }
        }
    }
}
