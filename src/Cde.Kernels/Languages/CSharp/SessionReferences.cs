using Cde.Kernels.Cells;
using Cde.Kernels.Languages.CSharp.Directives;
using Cde.Kernels.Languages.CSharp.Packages;
using Cde.Kernels.Languages.CSharp.Submissions;
using Cde.Workbench;
using Microsoft.CodeAnalysis;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>What the cells of a session refer to beyond the framework: assemblies, packages, package sources.</summary>
/// <param name="options">The session's folder and sources.</param>
/// <param name="assemblies">Where cells are loaded.</param>
internal sealed class SessionReferences(CSharpOptions options, SubmissionLoadContext assemblies)
{
    private readonly PackageRestore _restore = new(options.PackageSources);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly HashSet<string> _referenced = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private List<string> _sources = [];
    private List<PackageRequest> _requests = [];

    /// <summary>Finds what directives ask for.</summary>
    /// <param name="source">The cell.</param>
    /// <param name="directives">Its directives.</param>
    /// <param name="note">Takes a line about what is going on.</param>
    /// <param name="cancellation">Ends a restore.</param>
    /// <returns>References that no cell before had, and the packages that are new in the session.</returns>
    /// <exception cref="CellFailedException">Something is not to be had; the line is told.</exception>
    public async Task<(IReadOnlyList<MetadataReference> References, IReadOnlyList<RestoredPackage> Packages)> ResolveAsync(
        CellSource source, IReadOnlyList<CompilerDirective> directives, Action<string> note, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var references = new List<MetadataReference>();
            foreach (var directive in directives.Where(directive => directive.Kind == DirectiveKind.Reference && !PackageRequest.IsPackage(directive.Argument)))
                AddFile(references, source, directive);
            var packages = await RestoreAsync(source, directives, note, cancellation).ConfigureAwait(false);
            var added = packages.Where(package => _referenced.Add($"{package.Id}/{package.Version}")).ToList();
            foreach (var path in added.SelectMany(package => package.Compiled))
                Add(references, path);
            return (references, added);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Finds the packages that the cell of another language asks for, and makes them known to where cells are loaded.</summary>
    /// <param name="source">The cell.</param>
    /// <param name="directives">Its directives that name packages or package sources.</param>
    /// <param name="note">Takes a line about what is going on.</param>
    /// <param name="cancellation">Ends a restore.</param>
    /// <returns>All packages of the session; none where the cell asks for none.</returns>
    /// <exception cref="CellFailedException">A package is not to be had; the line is told.</exception>
    public async Task<IReadOnlyList<RestoredPackage>> RestoreForAsync(
        CellSource source, IReadOnlyList<CompilerDirective> directives, Action<string> note, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await RestoreAsync(source, directives, note, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The assembly that cells would get under a name; null for those of the process and those nobody named.</summary>
    public System.Reflection.Assembly? Find(string assemblyName) => assemblies.Find(new System.Reflection.AssemblyName(assemblyName));

    private async Task<IReadOnlyList<RestoredPackage>> RestoreAsync(
        CellSource source, IReadOnlyList<CompilerDirective> directives, Action<string> note, CancellationToken cancellation)
    {
        var sources = _sources.Concat(directives.Where(directive => directive.Kind == DirectiveKind.Source).Select(directive => SourceOf(source, directive))).Distinct().ToList();
        var asked = directives.Where(directive => directive.Kind == DirectiveKind.Reference && PackageRequest.IsPackage(directive.Argument))
            .Select(directive => (Directive: directive, Request: PackageRequest.TryParse(directive.Argument) ?? throw Fail(source, directive, $"{directive} names no package; write #r \"nuget: Id, Version\""))).ToList();
        if (asked.Count == 0)
        {
            _sources = sources;
            return [];
        }

        // The last word on a package counts; all are restored together, so that they agree on what they share.
        var requests = _requests.Concat(asked.Select(one => one.Request)).GroupBy(request => request.Id, StringComparer.OrdinalIgnoreCase).Select(same => same.Last()).ToList();
        try
        {
            var packages = await _restore.RestoreAsync(requests, sources, note, cancellation).ConfigureAwait(false);
            (_requests, _sources) = (requests, sources);
            foreach (var package in packages.Where(package => _known.Add($"{package.Id}/{package.Version}")))
                Register(package, note);
            return packages;
        }
        catch (CdeException failure)
        {
            throw Fail(source, asked[0].Directive, failure.Message);
        }
    }

    private void Register(RestoredPackage package, Action<string> note)
    {
        foreach (var path in package.Native)
            assemblies.RegisterNative(path);
        foreach (var path in package.Run)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (assemblies.LoadedVersion(name) is { } loaded && loaded != System.Reflection.AssemblyName.GetAssemblyName(path).Version)
                note($"{name} {loaded} is in use already; restart the kernel to use {package.Id} {package.Version}");
            assemblies.Register(path);
        }

        note($"{package.Id} {package.Version}");
    }

    private void AddFile(List<MetadataReference> references, CellSource source, CompilerDirective directive)
    {
        var folder = directive.File is { } file ? Path.GetDirectoryName(file)! : options.Folder;
        var path = Path.GetFullPath(directive.Argument, folder);
        if (File.Exists(path))
        {
            assemblies.RegisterWithNeighbours(path);
            Add(references, path);
            return;
        }

        // As elsewhere, a name without a path means an assembly of the framework, which every cell has.
        var name = directive.Argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? directive.Argument[..^4] : directive.Argument;
        if (!FrameworkReferences.Has(name))
            throw Fail(source, directive, $"{directive}: there is no file {path}; name an assembly, or a package as #r \"nuget: Id, Version\"");
    }

    private void Add(List<MetadataReference> references, string path)
    {
        if (!_referenced.Add(path))
            return;

        // What was compiled elsewhere may refer to names that the framework only forwards.
        if (_referenced.Add("netstandard"))
            references.AddRange(FrameworkReferences.Forwarding);
        references.Add(FrameworkReferences.FromFile(path));
    }

    private string SourceOf(CellSource source, CompilerDirective directive)
    {
        if (!PackageRequest.IsPackage(directive.Argument))
            throw Fail(source, directive, $"{directive} names no package source; write #i \"nuget:<address or folder>\"");
        var address = directive.Argument[(directive.Argument.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        if (address.Contains("://", StringComparison.Ordinal))
            return address;
        var folder = Path.GetFullPath(address, directive.File is { } file ? Path.GetDirectoryName(file)! : options.Folder);
        return Directory.Exists(folder) ? folder : throw Fail(source, directive, $"{directive}: there is no folder {folder}; name a folder of packages or the address of a feed");
    }

    private static CellFailedException Fail(CellSource source, CompilerDirective directive, string message) => directive.File is { } file
        ? new CellFailedException(new CellError(CompilationErrors.Name, $"{file} line {directive.Line + 1}: {message}", []))
        : CompilationErrors.OfLine(message, source, directive.Line);
}
