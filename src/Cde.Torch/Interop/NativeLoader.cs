using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp;

/// <summary>
/// Finds and loads <c>libcde_torch.so</c>: at <c>CDE_TORCH_NATIVE</c> where that is set, else beside this assembly.
/// Chooses the BLAS kernels first, since OpenBLAS reads its environment while it loads.
/// </summary>
internal static partial class NativeLoader
{
    private const string FileName = "libcde_torch.so";

    /// <summary>The compute path that was chosen; null before the library is loaded.</summary>
    public static string? Path { get; private set; }

    /// <summary>The file that was loaded; null before.</summary>
    public static string? File { get; private set; }

    public static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != NativeMethods.Library)
            return 0;
        var file = Environment.GetEnvironmentVariable("CDE_TORCH_NATIVE") is { Length: > 0 } given
            ? given
            : System.IO.Path.Combine(AppContext.BaseDirectory, FileName);
        if (!System.IO.File.Exists(file))
        {
            throw new DllNotFoundException(
                $"{file} is missing: it is built from src/Cde.Torch/native where libtorch (libtorch-dev), g++ and cmake are installed; ./cde doctor shows what is missing");
        }

        Path = ChooseKernels();
        try
        {
            var library = NativeLibrary.Load(file);
            File = file;
            return library;
        }
        catch (DllNotFoundException failure)
        {
            throw new DllNotFoundException(
                $"{file} cannot be loaded ({FirstLine(failure.Message)}): ./cde doctor shows whether libtorch is installed", failure);
        }
    }

    // DESIGN 7: a fixed rule from the CPU's features, so that runs repeat. Debian's OpenBLAS takes AVX2 kernels on
    // CPUs that it does not know; its SkylakeX kernels run on every CPU with AVX-512 F, CD, BW, DQ and VL.
    private static string ChooseKernels()
    {
        const string variable = "OPENBLAS_CORETYPE";
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set)
            return "openblas:" + set;
        var wanted = Environment.GetEnvironmentVariable("CDE_GEMM") switch
        {
            null or "" => Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512CD.IsSupported ? "SkylakeX" : "default",
            var given => given,
        };
        if (wanted != "default")
            _ = setenv(Marshal.StringToCoTaskMemUTF8(variable), Marshal.StringToCoTaskMemUTF8(wanted), 1);
        return "openblas:" + wanted;
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();

    [LibraryImport("libc")] private static partial int setenv(nint name, nint value, int overwrite);
}
