using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One operator argument or result as the native side reads it: <c>struct cde_value</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    public int Tag;
    public int Length;
    public long Integer;
    public double Real;
    public nint Pointer;
}

/// <summary>Facts about a tensor: <c>struct cde_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeInfo
{
    public long Elements;
    public long StorageOffset;
    public int Dimensions;
    public int ElementSize;
    public int Dtype;
    public int DeviceType;
    public int DeviceIndex;
    public NativeFlags Flags;
}

/// <summary>Bits of <see cref="NativeInfo.Flags"/>: <c>enum cde_flag</c>.</summary>
[Flags]
internal enum NativeFlags
{
    None = 0,
    Contiguous = 1,
    RequiresGrad = 2,
    Leaf = 4,
    Sparse = 8,
    Inference = 16,
}
