using System.Runtime.InteropServices;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Kernels.Bench;

/// <summary>What the measurements ran on.</summary>
/// <param name="Processor">The CPU's name.</param>
/// <param name="Cores">Cores that the process may use.</param>
/// <param name="Features">The vector instructions that decide the speed.</param>
/// <param name="Threads">Threads inside one operator.</param>
/// <param name="Libtorch">Its version.</param>
/// <param name="GemmPath">The library's matrix products.</param>
/// <param name="FusedFloat32">The fused layers' instruction set in float32; null where they are off.</param>
/// <param name="FusedBFloat16">The same in bfloat16.</param>
/// <param name="LoadBefore">Processes that wanted to run, as a mean over the last minute, before the measurements; null where unknown.</param>
public sealed record Machine(
    string Processor, int Cores, string Features, int Threads, string Libtorch, string GemmPath, string? FusedFloat32, string? FusedBFloat16, double? LoadBefore)
{
    private static readonly string[] Telling = ["avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "neon", "asimd", "bf16"];

    /// <summary>Reads it.</summary>
    public static Machine Read()
    {
        var fields = ReadFields("/proc/cpuinfo");
        var flags = (fields.GetValueOrDefault("flags") ?? fields.GetValueOrDefault("Features") ?? "").Split(' ');
        var name = fields.GetValueOrDefault("model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var number = fields.TryGetValue("cpu family", out var family) ? $" (family {family}, model {fields.GetValueOrDefault("model")})" : "";
        return new Machine(
            name + number,
            Environment.ProcessorCount,
            string.Join(' ', Telling.Where(flags.Contains)),
            get_num_threads(),
            LibtorchVersion,
            ComputePath.Current,
            FusedInference.Kernels(ScalarType.Float32),
            FusedInference.Kernels(ScalarType.BFloat16),
            Load());
    }

    /// <summary>The process' highest use of memory so far, in bytes; null where the system does not tell.</summary>
    public static long? PeakMemory() =>
        ReadFields("/proc/self/status").TryGetValue("VmHWM", out var text) && long.TryParse(text.Split(' ')[0], out var kibibytes) ? kibibytes * 1024 : null;

    private static string LibtorchVersion =>
#if TORCH_SYSTEM
        Cde.Torch.Native.Version;
#else
        "of the TorchSharp package";
#endif

    private static double? Load() =>
        File.Exists("/proc/loadavg") && double.TryParse(File.ReadAllText("/proc/loadavg").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture, out var load)
            ? load
            : null;

    /// <summary>The first value of each name in a file of "name : value" lines.</summary>
    private static Dictionary<string, string> ReadFields(string path)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return fields;
        foreach (var line in File.ReadLines(path))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                fields.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }

        return fields;
    }
}
