using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Cde.Kernels.Languages.CSharp.Directives;

/// <summary>The files that a cell loads, and those that they load, each read once.</summary>
internal sealed class LoadedFiles : SourceFileResolver
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <param name="folder">The folder from which the cell's own relative paths count; a file's count from the file.</param>
    public LoadedFiles(string folder)
        : base(ImmutableArray<string>.Empty, folder) => _folder = folder;

    /// <summary>Reads the files that directives load, and all that these load.</summary>
    /// <returns>The other directives of these files.</returns>
    public IReadOnlyList<CompilerDirective> Read(IEnumerable<CompilerDirective> directives)
    {
        var found = new List<CompilerDirective>();
        var waiting = new Queue<CompilerDirective>(directives.Where(directive => directive.Kind == DirectiveKind.Load));
        while (waiting.TryDequeue(out var load))
        {
            // One that is missing is the compiler's to tell, with its line.
            if (ResolveReference(load.Argument, load.File) is not { } path || _texts.ContainsKey(path))
                continue;
            var (rest, directivesOfFile) = DirectiveReader.Read(File.ReadAllText(path), path);
            _texts.Add(path, rest);
            foreach (var directive in directivesOfFile)
            {
                if (directive.Kind == DirectiveKind.Load)
                    waiting.Enqueue(directive);
                else
                    found.Add(directive);
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public override string? ResolveReference(string path, string? baseFilePath)
    {
        var folder = Path.IsPathFullyQualified(baseFilePath ?? "") ? Path.GetDirectoryName(baseFilePath)! : _folder;
        var full = Path.GetFullPath(path, folder);
        return File.Exists(full) ? full : null;
    }

    /// <inheritdoc/>
    public override SourceText ReadText(string resolvedPath) => SourceText.From(_texts[resolvedPath], Encoding.UTF8);
}
