namespace TorchSharp;

public static partial class torch
{
    /// <summary>Tensors one after the other along a dimension.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Op.Call("cat", "", (Tensor[])[.. tensors], dim);

    /// <summary>Tensors one after the other along a dimension.</summary>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Op.Call("cat", "", tensors.ToArray(), dim);

    /// <summary>Tensors one after the other along a dimension.</summary>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Op.Call("cat", "", tensors, dim);

    /// <summary>Tensors one after the other along a dimension.</summary>
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors one after the other along a dimension.</summary>
    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors one after the other along a dimension.</summary>
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors of one shape along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Op.Call("stack", "", (Tensor[])[.. tensors], dim);

    /// <summary>Tensors one above the other.</summary>
    public static Tensor vstack(Tensor[] tensors) => Op.Call("vstack", "", tensors);

    /// <summary>Tensors one above the other.</summary>
    public static Tensor vstack(IList<Tensor> tensors) => Op.Call("vstack", "", (Tensor[])[.. tensors]);

    /// <summary>Tensors side by side.</summary>
    public static Tensor hstack(params Tensor[] tensors) => Op.Call("hstack", "", tensors);

    /// <summary>Tensors side by side.</summary>
    public static Tensor hstack(IList<Tensor> tensors) => Op.Call("hstack", "", (Tensor[])[.. tensors]);

    /// <summary>Sums of products by Einstein's convention, as "bij,bjk->bik".</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Op.Call("einsum", "", equation, tensors);

    /// <summary>x where the condition is true, else y.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Op.Call("where", "self", condition, x, y);

    /// <summary>Positions of the true elements, a tensor a dimension.</summary>
    public static Tensor[] where(Tensor condition) => Op.CallMany("where", "", condition);

    /// <summary>Coordinates of a grid.</summary>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Op.CallMany("meshgrid", "indexing", (Tensor[])[.. tensors], indexing);

    /// <summary>Matrices along the diagonal of one.</summary>
    public static Tensor block_diag(params Tensor[] tensors) => Op.Call("block_diag", "", tensors);
}
