using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp;

/// <summary>
/// Finds and loads <c>libcde_torch.so</c>: at <c>CDE_TORCH_NATIVE</c> where that is set, else beside this assembly, else compiled from its sources (<see cref="NativeBuild"/>).
/// Chooses the BLAS kernels first, since OpenBLAS reads its environment while it loads.
/// </summary>
internal static partial class NativeLoader
{
    private const string FileName = "libcde_torch.so";

    /// <summary>The file that was loaded; null before.</summary>
    public static string? File { get; private set; }

    public static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != NativeMethods.Library)
            return 0;
        var given = Environment.GetEnvironmentVariable("CDE_TORCH_NATIVE") is { Length: > 0 } named ? named : null;
        var file = given ?? System.IO.Path.Combine(AppContext.BaseDirectory, FileName);
        if (!System.IO.File.Exists(file))
            file = given is null ? NativeBuild.Run() : throw new DllNotFoundException($"CDE_TORCH_NATIVE names {given}, and there is no such file");
        ChooseKernels();
        Quieten();
        ShareTheCores();
        try
        {
            var library = NativeLibrary.Load(file);
            File = file;
            UseEveryCore(library);
            return library;
        }
        catch (DllNotFoundException failure)
        {
            throw new DllNotFoundException(
                $"{file} cannot be loaded ({FirstLine(failure.Message)}): ./cde doctor shows whether libtorch is installed", failure);
        }
    }

    // A fixed rule from the CPU's features, so that runs repeat. Debian's OpenBLAS takes AVX2 kernels on CPUs with AVX-512
    // that it does not know; its SkylakeX kernels run on every CPU with AVX-512 F, CD, BW, DQ and VL.
    private static void ChooseKernels()
    {
        const string variable = "OPENBLAS_CORETYPE";
        var hasAvx512 = Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512CD.IsSupported;
        var wanted = Environment.GetEnvironmentVariable("CDE_GEMM");
        if (wanted is "SkylakeX" or "Cooperlake" or "SapphireRapids" && !hasAvx512)
            throw new InvalidOperationException($"CDE_GEMM={wanted} needs AVX-512, which this CPU lacks: leave CDE_GEMM unset, or set it to default");
        if (string.IsNullOrEmpty(wanted))
            wanted = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : hasAvx512 ? "SkylakeX" : "default";
        if (wanted != "default")
            Set(variable, wanted, overwrite: true);
    }

    // c10d logs every failed connection on standard error before it throws the same as an exception; which variable counts depends on libtorch's build.
    private static void Quieten()
    {
        Set("GLOG_minloglevel", "3", overwrite: false);
        Set("TORCH_CPP_LOG_LEVEL", "FATAL", overwrite: false);
    }

    // GNU OpenMP's threads spin for milliseconds at the end of every loop, and so starve each other where anything else runs; a shorter spin costs nothing where nothing does.
    private static void ShareTheCores()
    {
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not { Length: > 0 })
            Set("GOMP_SPINCOUNT", "10000", overwrite: false);
    }

    // Environment.SetEnvironmentVariable does not reach native code.
    private static void Set(string variable, string text, bool overwrite)
    {
        var (name, value) = (Marshal.StringToCoTaskMemUTF8(variable), Marshal.StringToCoTaskMemUTF8(text));
        _ = setenv(name, value, overwrite ? 1 : 0);
        Marshal.FreeCoTaskMem(name);
        Marshal.FreeCoTaskMem(value);
    }

    // libtorch's own default is half the cores in some builds. OMP_NUM_THREADS, where set, decides, as it does everywhere.
    private static unsafe void UseEveryCore(nint library)
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 })
            return;
        var setThreads = (delegate* unmanaged<int, int, nint>)NativeLibrary.GetExport(library, "cde_set_threads");
        _ = setThreads(0, Environment.ProcessorCount);
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();

    [LibraryImport("libc")] private static partial int setenv(nint name, nint value, int overwrite);
}
