using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Cde.Workbench;

namespace Cde.Kernels.Diagnosis;

/// <summary>The machine: processor, memory, disk.</summary>
internal static class MachineChecks
{
    public static IEnumerable<DoctorCheck> All()
    {
        yield return DoctorCheck.Ok("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        yield return DoctorCheck.Ok("processor", $"{ProcessorName()}, {Environment.ProcessorCount} cores, {string.Join(' ', Features())}");
        yield return DoctorCheck.Ok("memory", $"{Gigabytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} GiB for this process");
        yield return Disk();
    }

    /// <summary>The vector instructions that decide how fast tensors compute.</summary>
    public static IReadOnlyList<string> Features()
    {
        var features = new List<string>();
        void Add(bool isSupported, string name)
        {
            if (isSupported)
                features.Add(name);
        }

        Add(Avx2.IsSupported, "avx2");
        Add(Fma.IsSupported, "fma");
        Add(Avx512F.IsSupported, "avx512");
        if (X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7)
        {
            var leaf = X86Base.CpuId(7, 0);
            Add((leaf.Ecx & (1 << 11)) != 0, "avx512-vnni");
            Add(leaf.Eax >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0, "avx512-bf16");
            Add((leaf.Edx & (1 << 22)) != 0, "amx-bf16");
        }

        Add(System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported, "neon");
        return features.Count > 0 ? features : ["no vector instructions found"];
    }

    private static DoctorCheck Disk()
    {
        var cache = UserFolders.Cache;
        var existing = cache;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } above)
            existing = above;
        try
        {
            var free = new DriveInfo(existing).AvailableFreeSpace;
            var used = Directory.Exists(cache) ? new DirectoryInfo(cache).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
            var text = $"{cache} (CDE_CACHE moves it): {Gigabytes(used)} GiB used, {Gigabytes(free)} GiB free";
            return free > 1L << 30 ? DoctorCheck.Ok("cache", text) : DoctorCheck.Missing("cache", text + ": make room, or set CDE_CACHE to another folder");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return DoctorCheck.Missing("cache", $"{cache}: {failure.Message}; set CDE_CACHE to a folder that can be written");
        }
    }

    private static string ProcessorName()
    {
        const string list = "/proc/cpuinfo";
        var line = File.Exists(list) ? File.ReadLines(list).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string Gigabytes(long bytes) => (bytes / (double)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture);
}
