using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>Finds the assembly files that <c>#r "path"</c> names, from the file that says so or from the notebook's folder; a bare name is one of the program's.</summary>
/// <param name="folder">The notebook's folder.</param>
internal sealed class FileReferences(string folder) : MetadataReferenceResolver
{
    private readonly string _folder = folder;

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var start = baseFilePath is not null && Path.IsPathRooted(baseFilePath) ? Path.GetDirectoryName(baseFilePath)! : _folder;
        var path = Path.GetFullPath(Path.Combine(start, reference));
        if (File.Exists(path))
            return [HostAssemblies.Reference(path)];
        var name = Path.GetFileNameWithoutExtension(reference);
        var known = HostAssemblies.References.FirstOrDefault(one => Path.GetFileNameWithoutExtension(one.FilePath) == (reference.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name : reference));
        return known is null ? [] : [known];
    }

    /// <inheritdoc/>
    public override bool Equals(object? other) => other is FileReferences files && files._folder == _folder;

    /// <inheritdoc/>
    public override int GetHashCode() => _folder.GetHashCode(StringComparison.Ordinal);
}
