namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static partial class linalg
    {
        /// <summary>Which parts of a QR decomposition are computed.</summary>
        public enum QRMode : int
        {
            /// <summary>Q of (m, k) and R of (k, n), where k is the smaller of m and n.</summary>
            Reduced = 0,

            /// <summary>Q of (m, m) and R of (m, n).</summary>
            Complete = 1,

            /// <summary>Only R.</summary>
            R = 2,
        }

        /// <summary>The lower triangular L with L Lᵀ = input.</summary>
        public static Tensor cholesky(Tensor input) => Op.Call("linalg_cholesky", "", input);

        /// <summary>The determinant of matrices.</summary>
        public static Tensor det(Tensor input) => Op.Call("linalg_det", "", input);

        /// <summary>The sign and the logarithm of the absolute value of the determinant.</summary>
        public static (Tensor, Tensor) slogdet(Tensor input) => Op.CallPair("linalg_slogdet", "", input);

        /// <summary>The inverse of matrices.</summary>
        public static Tensor inv(Tensor input) => Op.Call("linalg_inv", "", input);

        /// <summary>The pseudo-inverse of matrices; singular values below the tolerances count as zero.</summary>
        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Op.Call("linalg_pinv", "atol_rtol_float", input, atol, rtol, hermitian);

        /// <summary>The X with A X = B, or X A = B where left is false.</summary>
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Op.Call("linalg_solve", "", A, B, left);

        /// <summary>Eigenvalues, ascending, and eigenvectors of symmetric matrices of which one half is read.</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Op.CallPair("linalg_eigh", "", input, UPLO.ToString());

        /// <summary>Eigenvalues, ascending, of symmetric matrices of which one half is read.</summary>
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Op.Call("linalg_eigvalsh", "", input, UPLO.ToString());

        /// <summary>U, the singular values and Vᵀ.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            var parts = Op.CallMany("linalg_svd", "", input, fullMatrices);
            return (parts[0], parts[1], parts[2]);
        }

        /// <summary>The singular values.</summary>
        public static Tensor svdvals(Tensor input) => Op.Call("linalg_svdvals", "", input);

        /// <summary>The orthogonal Q and the upper triangular R with Q R = input.</summary>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Op.CallPair("linalg_qr", "", input, mode switch { QRMode.Complete => "complete", QRMode.R => "r", _ => "reduced" });

        /// <summary>The rank of matrices; singular values below the tolerances count as zero.</summary>
        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Op.Call("linalg_matrix_rank", "atol_rtol_float", input, atol, rtol, hermitian);

        /// <summary>The norm of order <paramref name="ord"/> of vectors.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2.0, long[]? dims = null, bool keepdim = false) =>
            Op.Call("linalg_vector_norm", "", input, ord, dims, keepdim);

        /// <summary>The norm of order <paramref name="ord"/> of matrices.</summary>
        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Op.Call("linalg_matrix_norm", "", input, ord, dims ?? [-2, -1], keepdim);

        /// <summary>The Frobenius or the nuclear norm of matrices.</summary>
        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            Op.Call("linalg_matrix_norm", "str_ord", input, ord, dims ?? [-2, -1], keepdim);

        /// <summary>The 2-norm, over all or some dimensions.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Op.Call("linalg_norm", "", input, Arg.None, dims, keepdim);

        /// <summary>The norm of order <paramref name="ord"/>, over all or some dimensions.</summary>
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Op.Call("linalg_norm", "", input, ord, dims, keepdim);

        /// <summary>The norm of order <paramref name="ord"/>, over all or some dimensions.</summary>
        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            Op.Call("linalg_norm", "", input, ord, dims, keepdim);

        /// <summary>The Frobenius ("fro") or the nuclear ("nuc") norm.</summary>
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Op.Call("linalg_norm", "ord_str", input, ord, dims, keepdim);

        /// <summary>The product of several matrices, in the cheapest order.</summary>
        public static Tensor multi_dot(IList<Tensor> tensors) => Op.Call("linalg_multi_dot", "", (Tensor[])[.. tensors]);

        /// <summary>The sums of products along a dimension, the first vectors conjugated.</summary>
        public static Tensor vecdot(Tensor x, Tensor y, long dim = -1, Tensor? @out = null)
        {
            var made = Op.Call("linalg_vecdot", "", x, y, dim);
            if (@out is null)
                return made;
            using (made)
                return @out.copy_(made);
        }
    }
}
