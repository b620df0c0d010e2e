using static TorchSharp.torch;

namespace Cde.Torch;

/// <summary>The native library behind the tensors: what it is and how many tensors it holds.</summary>
public static class Native
{
    /// <summary>The version of libtorch that this TorchSharp is made for.</summary>
    public static string Version => __version__;

    /// <summary>How libtorch was built: TorchSharp does not tell.</summary>
    public static string Configuration => $"TorchSharp {typeof(Tensor).Assembly.GetName().Version}";

    /// <summary>The matrix-multiplication path: TorchSharp leaves no choice.</summary>
    public static string Path => "torchsharp";

    /// <summary>The file of the TorchSharp assembly; its native library lies in the package of the same version.</summary>
    public static string File => typeof(Tensor).Assembly.Location;

    /// <summary>How many tensor objects are alive.</summary>
    public static long LiveTensors => Tensor.TotalCount;

    /// <summary>Whether the library can be loaded; if not, <paramref name="reason"/> tells why in one line.</summary>
    public static bool IsAvailable(out string? reason)
    {
        try
        {
            InitializeDeviceType(TorchSharp.DeviceType.CPU);
            reason = null;
            return true;
        }
        catch (Exception failure) when (failure is DllNotFoundException or NotSupportedException or TypeInitializationException or FileNotFoundException)
        {
            reason = failure.GetBaseException().Message.Split('\n')[0];
            return false;
        }
    }
}
