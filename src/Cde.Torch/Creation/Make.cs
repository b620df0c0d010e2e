using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    // Calls a factory operator: its own arguments, then dtype, layout, device and pin_memory.
    private static Tensor Make(
        string name, string overload, Arg[] own, ScalarType? dtype, Device? device, bool requires_grad, string[]? names, bool inherit = false)
    {
        if (names is not null)
            throw new NotSupportedException("named dimensions are not supported");
        dtype ??= inherit ? null : defaultType;
        device ??= inherit ? null : defaultDevice;
        var made = Op.Call(name, overload, [.. own, dtype, Arg.None, device]);
        return requires_grad ? made.requires_grad_() : made;
    }

    private static ScalarType TypeOf(Scalar value) => value.Type == ScalarType.Float64 ? defaultType : value.Type;

    private static Tensor FromScalar<T>(T value, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged =>
        FromSpan(MemoryMarshal.CreateReadOnlySpan(ref value, 1), [], dtype, device, requires_grad, null);

    private static Tensor FromScalar(Scalar value, ScalarType? dtype, Device? device, bool requires_grad) =>
        Make("full", "", [(long[])[], value], dtype ?? value.Type, device, requires_grad, null);

    private static Tensor FromList<T>(
        IList<T> values, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged =>
        values switch
        {
            T[] array => FromSpan<T>(array, sizes, dtype, device, requires_grad, names),
            List<T> list => FromSpan<T>(CollectionsMarshal.AsSpan(list), sizes, dtype, device, requires_grad, names),
            _ => FromSpan<T>([.. values], sizes, dtype, device, requires_grad, names),
        };

    private static Tensor FromArray<T>(Array values, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        var sizes = new long[values.Rank];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = values.GetLength(i);
        var span = values.Length == 0
            ? default
            : MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
        return FromSpan(span, sizes, dtype, device, requires_grad, names);
    }

    private static unsafe Tensor FromSpan<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        if (names is not null)
            throw new NotSupportedException("named dimensions are not supported");
        var type = ElementTypes.Of<T>();
        nint handle;
        fixed (T* data = values)
        fixed (long* extents = sizes)
            NativeMethods.Check(NativeMethods.cde_tensor_from_data(data, (long)values.Length * sizeof(T), (int)type, extents, sizes.Length, out handle));
        var made = new Tensor(handle);
        if (dtype is { } wanted && wanted != type)
            made = made.to(wanted, disposeAfter: true);
        if ((device ?? defaultDevice) is { type: not DeviceType.CPU } place)
            made = made.to(place, disposeAfter: true);
        return requires_grad ? made.requires_grad_() : made;
    }
}
