namespace TorchSharp;

public static partial class torch
{
    private static ScalarType defaultType = ScalarType.Float32;
    private static Device? defaultDevice;

    /// <summary>The element type that factories take where none is named; float32 at the start.</summary>
    public static ScalarType get_default_dtype() => defaultType;

    /// <summary>Sets the element type that factories take where none is named.</summary>
    /// <exception cref="ArgumentException">The type is not a floating-point type.</exception>
    public static void set_default_dtype(ScalarType dtype) =>
        defaultType = is_floating_point(dtype) ? dtype : throw new ArgumentException($"{dtype} is no floating-point type");

    /// <summary>The device that factories take where none is named; the CPU at the start.</summary>
    public static Device get_default_device() => defaultDevice ?? CPU;

    /// <summary>Sets the device that factories take where none is named.</summary>
    public static void set_default_device(Device device) => defaultDevice = device;

    /// <summary>Sets the device that factories take where none is named.</summary>
    public static void set_default_device(string device) => defaultDevice = device;
}
