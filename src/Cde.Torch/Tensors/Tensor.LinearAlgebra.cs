namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The matrix product, batched and broadcast.</summary>
        public Tensor matmul(Tensor target) => Op.Call("matmul", "", this, target);

        /// <summary>The product of two matrices.</summary>
        public Tensor mm(Tensor target) => Op.Call("mm", "", this, target);

        /// <summary>The products of batches of matrices.</summary>
        public Tensor bmm(Tensor batch2) => Op.Call("bmm", "", this, batch2);

        /// <summary>A matrix times a vector.</summary>
        public Tensor mv(Tensor target) => Op.Call("mv", "", this, target);

        /// <summary>The dot product of two vectors.</summary>
        public Tensor dot(Tensor target) => Op.Call("dot", "", this, target);

        /// <summary>The dot product of two vectors, the first conjugated.</summary>
        public Tensor vdot(Tensor target) => Op.Call("vdot", "", this, target);

        /// <summary>The sum of products over the last dimension.</summary>
        public Tensor inner(Tensor vec2) => Op.Call("inner", "", this, vec2);

        /// <summary>All products of the elements of two vectors.</summary>
        public Tensor outer(Tensor vec2) => Op.Call("outer", "", this, vec2);

        /// <summary>All products of the elements of two vectors.</summary>
        public Tensor ger(Tensor vec2) => Op.Call("ger", "", this, vec2);

        /// <summary>beta times the tensor, plus alpha times a matrix product.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            Op.Call("addmm", "", this, mat1, mat2, beta, alpha);

        /// <summary>beta times the tensor, plus alpha times a matrix product, in place.</summary>
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) =>
            Op.Mutate("addmm_", "", this, mat1, mat2, beta, alpha);

        /// <summary>beta times the tensor, plus alpha times a matrix times a vector.</summary>
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) => Op.Call("addmv", "", this, mat, vec, beta, alpha);

        /// <summary>beta times the tensor, plus alpha times a matrix times a vector, in place.</summary>
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) =>
            Op.Mutate("addmv_", "", this, mat, vec, beta, alpha);

        /// <summary>beta times the tensor, plus alpha times an outer product.</summary>
        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) =>
            Op.Call("addr", "", this, vec1, vec2, beta, alpha);

        /// <summary>beta times the tensor, plus alpha times an outer product, in place.</summary>
        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) =>
            Op.Mutate("addr_", "", this, vec1, vec2, beta, alpha);

        /// <summary>beta times the tensor, plus alpha times the sum of batched matrix products.</summary>
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Op.Call("addbmm", "", this, batch1, batch2, beta, alpha);

        /// <summary>beta times the tensor, plus alpha times the sum of batched matrix products, in place.</summary>
        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Op.Mutate("addbmm_", "", this, batch1, batch2, beta, alpha);

        /// <summary>beta times the tensor, plus alpha times batched matrix products.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
            Op.Call("baddbmm", "", this, batch1, batch2, beta, alpha);

        /// <summary>The Kronecker product.</summary>
        public Tensor kron(Tensor other) => Op.Call("kron", "", this, other);

        /// <summary>The p-norm.</summary>
        public Tensor norm(float p = 2f) => Op.Call("norm", "Scalar", this, p);

        /// <summary>The inverse of matrices.</summary>
        public Tensor inverse() => Op.Call("inverse", "", this);

        /// <summary>The determinant of matrices.</summary>
        public Tensor det() => Op.Call("det", "", this);

        /// <summary>The logarithm of the determinant.</summary>
        public Tensor logdet() => Op.Call("logdet", "", this);

        /// <summary>The solution of A u = input by the Cholesky factor of A.</summary>
        public Tensor cholesky_solve(Tensor input2, bool upper = false) => Op.Call("cholesky_solve", "", this, input2, upper);

        /// <summary>The inverse of a matrix by its Cholesky factor.</summary>
        public Tensor cholesky_inverse(bool upper = false) => Op.Call("cholesky_inverse", "", this, upper);

        /// <summary>Matrices to a whole power.</summary>
        public Tensor matrix_power(int n) => Op.Call("matrix_power", "", this, n);

        /// <summary>Matrix exponentials.</summary>
        public Tensor matrix_exp() => Op.Call("matrix_exp", "", this);

        /// <summary>The covariance of the rows.</summary>
        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) =>
            Op.Call("cov", "", this, correction, fweights, aweights);

        /// <summary>The correlation of the rows.</summary>
        public Tensor corrcoef() => Op.Call("corrcoef", "", this);
    }
}
