using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>
/// Where cells and what they refer to are loaded. The framework and the workbench are the process's own, so that values pass between
/// cells and commands; everything else is the notebook's own, also where the workbench uses another version of it.
/// </summary>
internal sealed class SubmissionLoadContext() : AssemblyLoadContext("cells")
{
    // Types of these pass between languages, or between cells and commands.
    private static readonly string[] Shared = ["Cde.Kernels", "Cde.Workbench", "Cde.Torch", "TorchSharp", "FSharp.Core"];
    private static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly ConcurrentDictionary<string, string> _managed = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _native = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> _folders = new(StringComparer.Ordinal);

    /// <summary>Makes an assembly known, for when code first needs it. Of two of one name the first that is loaded stays.</summary>
    public void Register(string path) => _managed[Path.GetFileNameWithoutExtension(path)] = path;

    /// <summary>Makes an assembly known, and those that lie beside it.</summary>
    public void RegisterWithNeighbours(string path)
    {
        Register(path);
        _folders.TryAdd(Path.GetDirectoryName(path)!, 0);
    }

    /// <summary>Makes a native library known.</summary>
    public void RegisterNative(string path) => _native[Path.GetFileName(path)] = path;

    /// <summary>The version of an assembly of that name that is loaded here already; null where none is.</summary>
    public Version? LoadedVersion(string name) =>
        Assemblies.Select(assembly => assembly.GetName()).FirstOrDefault(loaded => string.Equals(loaded.Name, name, StringComparison.OrdinalIgnoreCase))?.Version;

    /// <summary>The assembly that is loaded here for a name; null for those of the process and those nobody named.</summary>
    public Assembly? Find(AssemblyName assemblyName) => Load(assemblyName);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (Shared.Contains(name))
            return null;
        var path = _managed.GetValueOrDefault(name) ?? _folders.Keys.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
        return path is null || IsOlderThanFramework(name, path) ? null : LoadFromAssemblyPath(path);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var name in FileNames(unmanagedDllName))
        {
            var path = _native.GetValueOrDefault(name) ?? _folders.Keys.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
            if (path is not null)
                return LoadUnmanagedDllFromPath(path);
        }

        return 0;
    }

    private static bool IsOlderThanFramework(string name, string path)
    {
        var own = Path.Combine(Runtime, name + ".dll");
        return File.Exists(own) && AssemblyName.GetAssemblyName(own).Version >= AssemblyName.GetAssemblyName(path).Version;
    }

    private static IEnumerable<string> FileNames(string name)
    {
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return [name, name + extension, "lib" + name + extension, "lib" + name];
    }
}
