using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Writes a tensor as text; long dimensions are shortened in the middle.</summary>
internal sealed class TensorText(string format, int width, CultureInfo culture, string newLine)
{
    // As PyTorch: above 1,000 elements, three at each end of a dimension.
    private const int WholeLimit = 1000;
    private const int Edge = 3;

    public static string Metadata(Tensor tensor) =>
        $"[{string.Join("x", tensor.shape)}], type = {tensor.dtype}, device = {tensor.device}";

    public string Nested(Tensor tensor, char open, char close, string separator)
    {
        using var scope = NewDisposeScope();
        var text = new StringBuilder();
        Write(text, tensor.detach().cpu(), tensor.NumberOfElements > WholeLimit, open, close, separator, 0);
        return text.ToString();
    }

    public string Columns(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var text = new StringBuilder(Metadata(tensor)).Append(newLine);
        var values = tensor.detach().cpu();
        if (values.ndim == 0)
            return text.Append(Number(values)).Append(newLine).ToString();
        var rows = values.ndim == 1 ? values.unsqueeze(0) : values.reshape(-1, values.shape[^1]);
        foreach (var row in Positions(rows.shape[0], tensor.NumberOfElements > WholeLimit))
        {
            using var inner = NewDisposeScope();
            var cells = row < 0 ? ["..."] : Positions(rows.shape[1], tensor.NumberOfElements > WholeLimit)
                .Select(column => column < 0 ? "..." : Number(rows[row, column]));
            text.Append(' ').Append(Shorten(string.Join(" ", cells))).Append(newLine);
        }

        return text.ToString();
    }

    private void Write(StringBuilder text, Tensor values, bool shorten, char open, char close, string separator, int depth)
    {
        if (values.ndim == 0)
        {
            text.Append(Number(values));
            return;
        }

        text.Append(open);
        var first = true;
        foreach (var position in Positions(values.shape[0], shorten))
        {
            if (!first)
                text.Append(values.ndim == 1 ? separator : separator.TrimEnd() + newLine + new string(' ', depth + 1));
            first = false;
            if (position < 0)
            {
                text.Append("...");
                continue;
            }

            using var item = values[position];
            Write(text, item, shorten, open, close, separator, depth + 1);
        }

        text.Append(close);
    }

    private static IEnumerable<long> Positions(long size, bool shorten)
    {
        for (long i = 0; i < size; i++)
        {
            if (shorten && size > (2 * Edge) + 1 && i == Edge)
            {
                yield return -1;
                i = size - Edge;
            }

            yield return i;
        }
    }

    private string Shorten(string line) => line.Length <= width ? line : line[..(width - 4)] + " ...";

    private string Number(Tensor one)
    {
        var value = one.ToScalar();
        return value.Type switch
        {
            ScalarType.Bool => value.ToBoolean() ? "True" : "False",
            ScalarType.Int64 => value.ToInt64().ToString(culture),
            ScalarType.ComplexFloat64 => value.ToComplexFloat64().ToString(format, culture),
            _ => value.ToDouble().ToString(format, culture),
        };
    }
}
