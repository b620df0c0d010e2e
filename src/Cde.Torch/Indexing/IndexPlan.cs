using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Applies an index as PyTorch does: slices and single positions make views, in order; tensors pick elements
/// afterwards, all together.
/// </summary>
internal sealed class IndexPlan : IDisposable
{
    private readonly List<Tensor> made = [];

    private IndexPlan(Tensor view, Tensor?[] picks)
    {
        View = view;
        Picks = picks;
    }

    /// <summary>The view that slices and positions leave.</summary>
    public Tensor View { get; private set; }

    /// <summary>The tensors that pick elements of the view, by dimension; empty where there are none.</summary>
    public Tensor?[] Picks { get; private set; }

    public static IndexPlan For(Tensor tensor, ReadOnlySpan<TensorIndex> parts)
    {
        var plan = new IndexPlan(tensor, []);
        try
        {
            plan.Build(parts);
            return plan;
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    /// <summary>The picked elements; a view where no tensor picks.</summary>
    public Tensor Read() => Picks.Length == 0 ? View.alias() : Op.Call("index", "Tensor", View, Picks);

    /// <summary>Writes to the picked elements.</summary>
    public void Write(Tensor value, bool accumulate = false)
    {
        if (Picks.Length > 0)
            Op.Mutate("index_put_", "", View, Picks, value, accumulate);
        else if (accumulate)
            Op.Mutate("add_", "Tensor", View, value);
        else
            Op.Mutate("copy_", "", View, WithoutLeadingOnes(value));
    }

    public void Dispose()
    {
        foreach (var tensor in made)
            tensor.Dispose();
    }

    private void Build(ReadOnlySpan<TensorIndex> parts)
    {
        var consumed = 0L;
        foreach (ref readonly var part in parts)
        {
            consumed += part.Kind switch
            {
                TensorIndex.IndexKind.Single or TensorIndex.IndexKind.Slice => 1,
                TensorIndex.IndexKind.Tensor => part.Positions!.dtype is ScalarType.Bool or ScalarType.Byte ? part.Positions.ndim : 1,
                _ => 0,
            };
        }

        var whole = View.ndim - consumed;
        if (whole < 0)
            throw new IndexOutOfRangeException($"{consumed} indices for a tensor of {View.ndim} dimensions");
        var picks = new List<Tensor?>();
        long dim = 0;
        foreach (ref readonly var part in parts)
        {
            switch (part.Kind)
            {
                case TensorIndex.IndexKind.Single:
                    Step(Op.Call("select", "int", View, dim, part.First!.Value));
                    break;
                case TensorIndex.IndexKind.Slice:
                    if (part.First is not null || part.Last is not null || part.Step is not null)
                        Step(Op.Call("slice", "Tensor", View, dim, part.First, part.Last, part.Step ?? 1));
                    dim++;
                    break;
                case TensorIndex.IndexKind.Ellipsis:
                    dim += whole;
                    break;
                case TensorIndex.IndexKind.NewDimension:
                    Step(Op.Call("unsqueeze", "", View, dim++));
                    break;
                case TensorIndex.IndexKind.Bool:
                    Step(Op.Call("unsqueeze", "", View, dim));
                    Pick(picks, dim++, Made(tensor(new[] { part.First == 1 })));
                    break;
                default:
                    Pick(picks, dim, part.Positions!);
                    dim += part.Positions!.dtype is ScalarType.Bool or ScalarType.Byte ? part.Positions.ndim : 1;
                    break;
            }
        }

        Picks = [.. picks];
    }

    // A boolean tensor stands for as many dimensions as it has, but is one entry of the list.
    private static void Pick(List<Tensor?> picks, long dim, Tensor positions)
    {
        var taken = picks.Sum(pick => pick is { dtype: ScalarType.Bool or ScalarType.Byte } mask ? mask.ndim : 1);
        for (; taken < dim; taken++)
            picks.Add(null);
        picks.Add(positions);
    }

    private void Step(Tensor next) => View = Made(next);

    private Tensor Made(Tensor tensor)
    {
        made.Add(tensor);
        return tensor;
    }

    private Tensor WithoutLeadingOnes(Tensor value)
    {
        var sizes = value.shape;
        var skip = 0;
        while (sizes.Length - skip > View.ndim && sizes[skip] == 1)
            skip++;
        return skip == 0 ? value : Made(value.reshape(sizes[skip..]));
    }
}
