using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>
/// Loads what cells compile to, and the assemblies and native libraries they refer to. An assembly that the host has itself is always the host's,
/// so that values pass between cells and the workbench by reference.
/// </summary>
internal sealed class SubmissionContext() : AssemblyLoadContext("cells")
{
    private static readonly HashSet<string> Platform = HostAssemblies.Paths.Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, Assembly> _submissions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _native = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Loads a compiled cell.</summary>
    public Assembly Load(Stream assembly, Stream symbols)
    {
        var loaded = LoadFromStream(assembly, symbols);
        _submissions[loaded.GetName().Name!] = loaded;
        return loaded;
    }

    /// <summary>Makes an assembly file known; those beside it are found as well. An earlier file of the same name stays.</summary>
    public void AddAssembly(string path)
    {
        _files.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        if (Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder))
        {
            foreach (var neighbour in Directory.EnumerateFiles(folder, "*.dll"))
                _files.TryAdd(Path.GetFileNameWithoutExtension(neighbour), neighbour);
        }
    }

    /// <summary>Makes a native library known.</summary>
    public void AddNative(string path) => _native.TryAdd(Path.GetFileName(path), path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name ?? "";
        if (_submissions.TryGetValue(name, out var submission))
            return submission;
        return !Platform.Contains(name) && _files.TryGetValue(name, out var path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var name in new[] { unmanagedDllName, unmanagedDllName + Extension, "lib" + unmanagedDllName + Extension })
        {
            if (_native.TryGetValue(name, out var path))
                return LoadUnmanagedDllFromPath(path);
        }

        return 0;
    }

    private static string Extension => RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? ".dll" : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? ".dylib" : ".so";
}
