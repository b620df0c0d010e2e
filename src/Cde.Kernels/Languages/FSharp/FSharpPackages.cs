using System.Reflection;
using System.Text.RegularExpressions;
using Cde.Kernels.Cells;
using Cde.Kernels.Languages.CSharp;
using Cde.Kernels.Languages.CSharp.Directives;
using Cde.Kernels.Languages.CSharp.Packages;
using Cde.Kernels.Languages.CSharp.Submissions;

namespace Cde.Kernels.Languages;

/// <summary>
/// Packages of F# cells: restored as those of C#, and loaded by the same loader, so that a type of a package is one type in both languages.
/// </summary>
internal sealed partial class FSharpPackages : IDisposable
{
    private readonly SessionReferences _references;

    /// <summary>Packages of one notebook.</summary>
    /// <param name="references">What restores and loads them.</param>
    public FSharpPackages(SessionReferences references)
    {
        _references = references;
        // Before the compiler's own answer, which would load a second copy: this runs before the compiler starts.
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    /// <summary>Restores what a cell asks for with <c>#r "nuget: Id, Version"</c>, from the sources of <c>#i "nuget: source"</c> as well.</summary>
    /// <returns>The code with blanks where these lines stood, and the assemblies to compile against.</returns>
    /// <exception cref="CellFailedException">A package cannot be had.</exception>
    public async Task<(string Code, IReadOnlyList<string> Assemblies)> RestoreAsync(string code, CellContext cell)
    {
        var lines = code.Split('\n');
        var directives = new List<CompilerDirective>();
        foreach (var (number, line) in lines.Index())
        {
            if (PackageLine().Match(line) is not { Success: true } match || !PackageRequest.IsPackage(match.Groups["argument"].Value))
                continue;
            directives.Add(new CompilerDirective(match.Groups["kind"].Value == "r" ? DirectiveKind.Reference : DirectiveKind.Source, match.Groups["argument"].Value, number));
            lines[number] = "";
        }

        if (directives.Count == 0)
            return (code, []);
        var source = new CellSource(code, cell.Request.Name, cell.LinesBefore);
        var packages = await _references.RestoreForAsync(source, directives, cell.Session.Display.Note, cell.Cancellation);
        return (string.Join('\n', lines), [.. packages.SelectMany(package => package.Compiled)]);
    }

    /// <inheritdoc/>
    public void Dispose() => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private Assembly? Resolve(object? sender, ResolveEventArgs wanted) =>
        wanted.RequestingAssembly is not { } asking || FSharpNames.IsOfSession(asking) || asking == typeof(FSharp.Compiler.Interactive.Shell).Assembly
            ? _references.Find(wanted.Name) : null;

    [GeneratedRegex("""^\s*#(?<kind>[ri])\s+"(?<argument>[^"]*)"\s*(//.*)?\r?$""")]
    private static partial Regex PackageLine();
}
