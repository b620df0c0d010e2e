using Cde.Torch;
using Cde.Workbench;
using static TorchSharp.torch;

namespace Cde.Kernels.Diagnosis;

/// <summary>libtorch: whether it loads, from where, and what it computes with.</summary>
internal static class TorchChecks
{
    private static readonly string WayOut = $"sudo apt-get install -y libtorch-dev libopenblas0-pthread g++ cmake, then {ProgramName.Typed} doctor; or LIBTORCH=<folder of a PyTorch's libtorch>";

    public static IEnumerable<DoctorCheck> All()
    {
        if (!Native.IsAvailable(out var reason))
        {
            yield return DoctorCheck.Missing("native library", $"{reason}; {WayOut}");
            yield return DoctorCheck.Missing("libtorch", "commands that compute refuse without it; all others work");
            yield break;
        }

        yield return DoctorCheck.Ok("native library", Native.File);
        yield return DoctorCheck.Ok("libtorch", $"{Native.Version} in {Mapped("libtorch_cpu") ?? Mapped("libtorch") ?? "the process"}");
        yield return Mapped("blas") is { } blas
            ? DoctorCheck.Ok("BLAS", blas)
            : DoctorCheck.None("BLAS", "none of its own: libtorch has it built in");
        yield return DoctorCheck.Ok("matrix products", $"path {Native.Path}, {Threads.IntraOp} threads (CDE_GEMM changes the path)");
        yield return cuda.is_available()
            ? DoctorCheck.Ok("CUDA", $"{cuda.device_count()} devices; --device cuda")
            : DoctorCheck.None("CUDA", "not in this libtorch, or no device; --device cpu works");
    }

    /// <summary>The file of a loaded library whose name holds the part; null where none is, or the system does not tell.</summary>
    private static string? Mapped(string part)
    {
        const string maps = "/proc/self/maps";
        if (!File.Exists(maps))
            return null;
        return File.ReadLines(maps)
            .Select(line => line.IndexOf('/') is var start and >= 0 ? line[start..] : "")
            .FirstOrDefault(path => Path.GetFileName(path).Contains(part, StringComparison.Ordinal) && path.Contains(".so", StringComparison.Ordinal));
    }
}
