using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Cde.Kernels.Displays;

/// <summary>Tensors: shape, type, device, smallest, mean and largest value, and a corner of the values.</summary>
internal static class Tensors
{
    /// <summary>Above this many elements no mean is computed: a display does not read gigabytes.</summary>
    private const long MaxSummarised = 1L << 24;

    private const int CornerRows = 6;
    private const int CornerColumns = 8;

    /// <summary>The tensor; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        // By name, so that libtorch is loaded by those who use tensors alone.
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == "TorchSharp.torch+Tensor")
                return OfTensor(value, at);
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Node OfTensor(object value, Description at)
    {
        var tensor = (Tensor)value;
        if (tensor.IsInvalid)
            return new Leaf("disposed tensor", LeafKind.Muted);
        var shape = tensor.shape.Length == 0 ? "scalar" : string.Join(" x ", tensor.shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        var name = $"Tensor {shape}, {tensor.dtype}, {tensor.device}{(tensor.requires_grad ? ", with gradient" : "")}";
        if (tensor.is_meta || tensor.is_sparse || tensor.is_complex() || tensor.numel() == 0 || (!at.IsWhole && tensor.ndim > 0))
            return new Leaf(name, LeafKind.Word);
        if (tensor.ndim == 0)
            return new Leaf($"{name}: {Number(Values(tensor)[0])}", LeafKind.Word);
        using var scope = NewDisposeScope();
        var parts = new List<Node> { new Leaf(name, LeafKind.Word) };
        if (tensor.numel() <= MaxSummarised)
            parts.Add(new Leaf(Summary(tensor.detach().to_type(ScalarType.Float64)), LeafKind.Muted));
        parts.Add(Corner(tensor.detach()));
        return new Stack(parts);
    }

    private static string Summary(Tensor values)
    {
        var bad = values.numel() - values.isfinite().sum().cpu().item<long>();
        return $"smallest {Number(Values(values.min())[0])}, mean {Number(Values(values.mean())[0])}, largest {Number(Values(values.max())[0])}"
            + (bad > 0 ? $"; {Shown.Count(bad)} not finite" : "");
    }

    private static Grid Corner(Tensor tensor)
    {
        var place = "";
        while (tensor.ndim > 2)
        {
            tensor = tensor[0];
            place += "0, ";
        }

        var isCut = place.Length > 0;
        if (tensor.ndim < 2)
            tensor = tensor.reshape(1, -1);
        var (height, width) = (Math.Min(tensor.shape[0], CornerRows), Math.Min(tensor.shape[1], CornerColumns));
        isCut |= height < tensor.shape[0] || width < tensor.shape[1];
        var corner = tensor.narrow(0, 0, height).narrow(1, 0, width);
        var values = Values(corner.contiguous());
        var rows = Enumerable.Range(0, (int)height).Select(row => (Node?[])
            [Columns.Index(row), .. Enumerable.Range(0, (int)width).Select(column => Cell(values[(row * (int)width) + column]))]);
        return new Grid(["#", .. Enumerable.Range(0, (int)width).Select(column => column.ToString(CultureInfo.InvariantCulture))], [.. rows])
        {
            IsMatrix = true,
            Note = isCut ? $"values at [{place}0..{height}, 0..{width}]" : "",
        };
    }

    private static double[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().to_type(ScalarType.Float64).data<double>().ToArray();
    }

    private static Leaf Cell(double value) => new(Number(value), LeafKind.Number, value);

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
