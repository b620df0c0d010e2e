using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What an <see cref="Arg"/> holds; the numbers are those of <c>native/cde_torch.h</c>.</summary>
internal enum ArgTag
{
    None = 0,
    Default = 1,
    Tensor = 2,
    Int = 3,
    Double = 4,
    Bool = 5,
    IntList = 6,
    DoubleList = 7,
    BoolList = 8,
    TensorList = 9,
    String = 10,
    Device = 11,
    Generator = 12,
    Complex = 13,
}

/// <summary>
/// One argument of an ATen operator. The native side coerces it to the type that the operator's schema asks for:
/// an integer becomes a float or a list of one, null becomes an absent optional.
/// </summary>
internal readonly struct Arg
{
    /// <summary>The schema's default value, for an argument in the middle.</summary>
    public static readonly Arg Default = new(ArgTag.Default);

    /// <summary>An absent optional.</summary>
    public static readonly Arg None = new(ArgTag.None);

    internal readonly ArgTag Tag;
    internal readonly long Integer;
    internal readonly double Real;
    internal readonly object? Reference;

    private Arg(ArgTag tag, long integer = 0, double real = 0, object? reference = null)
    {
        Tag = tag;
        Integer = integer;
        Real = real;
        Reference = reference;
    }

    public static implicit operator Arg(Tensor? value) => value is null ? None : new(ArgTag.Tensor, reference: value);

    public static implicit operator Arg(long value) => new(ArgTag.Int, value);

    public static implicit operator Arg(int value) => new(ArgTag.Int, value);

    public static implicit operator Arg(double value) => new(ArgTag.Double, real: value);

    public static implicit operator Arg(bool value) => new(ArgTag.Bool, value ? 1 : 0);

    public static implicit operator Arg(long? value) => value is { } v ? v : None;

    public static implicit operator Arg(int? value) => value is { } v ? v : None;

    public static implicit operator Arg(double? value) => value is { } v ? v : None;

    public static implicit operator Arg(bool? value) => value is { } v ? v : None;

    public static implicit operator Arg(long[]? value) => value is null ? None : new(ArgTag.IntList, reference: value);

    public static implicit operator Arg(ReadOnlySpan<long> value) => value.ToArray();

    public static implicit operator Arg(double[]? value) => value is null ? None : new(ArgTag.DoubleList, reference: value);

    public static implicit operator Arg(bool[]? value) => value is null ? None : new(ArgTag.BoolList, reference: value);

    public static implicit operator Arg(Tensor?[]? value) => value is null ? None : new(ArgTag.TensorList, reference: value);

    public static implicit operator Arg(string? value) => value is null ? None : new(ArgTag.String, reference: value);

    public static implicit operator Arg(Scalar? value) => value is null ? None : value.ToArg();

    public static implicit operator Arg(ScalarType value) => new(ArgTag.Int, (long)value);

    public static implicit operator Arg(ScalarType? value) => value is { } v ? v : None;

    public static implicit operator Arg(Device? value) => value is null ? None : new(ArgTag.Device, ((long)value.type << 32) | (uint)value.index);

    public static implicit operator Arg(Generator? value) => value is null ? None : new(ArgTag.Generator, reference: value);

    internal static Arg Complex(double real, double imaginary) =>
        new(ArgTag.Complex, BitConverter.DoubleToInt64Bits(imaginary), real);
}
