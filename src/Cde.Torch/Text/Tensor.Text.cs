using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How tensors are written where no style is named.</summary>
    public static TensorStringStyle TensorStringStyle { get; set; } = TensorStringStyle.Julia;

    /// <summary><see cref="TensorStringStyle.Julia"/>.</summary>
    public const TensorStringStyle julia = TensorStringStyle.Julia;

    /// <summary><see cref="TensorStringStyle.Numpy"/>.</summary>
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;

    /// <summary><see cref="TensorStringStyle.CSharp"/>.</summary>
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    public partial class Tensor
    {
        /// <summary>Shape, type and device.</summary>
        public override string ToString() => IsInvalid ? "disposed tensor" : TensorText.Metadata(this);

        /// <summary>The tensor as text in a style; the width is the longest line.</summary>
        public string ToString(
            TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            var writer = new TensorText(fltFormat ?? "g5", width ?? 100, cultureInfo ?? CultureInfo.InvariantCulture, newLine ?? "\n");
            return (style == TensorStringStyle.Default ? torch.TensorStringStyle : style) switch
            {
                TensorStringStyle.Metadata => TensorText.Metadata(this),
                TensorStringStyle.Numpy => writer.Nested(this, '[', ']', " "),
                TensorStringStyle.CSharp => writer.Nested(this, '{', '}', ", "),
                _ => writer.Columns(this),
            };
        }
    }
}
