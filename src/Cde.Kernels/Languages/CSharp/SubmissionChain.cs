using System.Reflection;
using System.Text;
using Cde.Kernels.Cells;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>
/// The cells of a notebook as a chain of script submissions, each seeing what those before it declare. A cell takes its place when it is compiled, not
/// when it is done: a cell that another shell runs meanwhile is compiled against it and sees its variables as they change.
/// </summary>
/// <param name="folder">From where <c>#load</c> and <c>#r</c> find relative paths.</param>
internal sealed class SubmissionChain(string folder)
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);
    private static readonly string[] Usings =
    [
        "System", "System.IO", "System.Linq", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading", "System.Threading.Tasks",
    ];

    private readonly Lock _gate = new();
    private readonly CSharpCompilationOptions _options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, concurrentBuild: true)
        .WithUsings(Usings.Concat(ScriptImports.Namespaces))
        .WithSourceReferenceResolver(new SourceFileResolver([], folder))
        .WithMetadataReferenceResolver(new FileReferences(folder))
        .WithMetadataImportOptions(MetadataImportOptions.Public)
        .WithSpecificDiagnosticOptions(ScriptImports.Diagnostics);

    private readonly List<Submission> _submissions = [];
    private IReadOnlyList<MetadataReference>? _references;
    private object?[] _states = new object?[64];

    /// <summary>Loads what is compiled and referred to.</summary>
    public SubmissionContext Loader { get; } = new();

    /// <summary>The compiled cells, oldest first.</summary>
    public IReadOnlyList<Submission> Submissions
    {
        get
        {
            lock (_gate)
                return [.. _submissions];
        }
    }

    /// <summary>Lets later cells refer to assembly files.</summary>
    public void AddReferences(IEnumerable<string> paths)
    {
        lock (_gate)
        {
            foreach (var path in paths)
                Loader.AddAssembly(path);
            _references = [.. References(), .. paths.Select(HostAssemblies.Reference)];
        }
    }

    /// <summary>A parsed cell on top of the chain, not compiled: what completion and hover ask.</summary>
    public CSharpCompilation Draft(string code, string name) => Compilation(Parse(code, name), "draft");

    /// <summary>Compiles a cell and appends it to the chain.</summary>
    /// <param name="code">The cell's C#, without <c>#r "nuget:..."</c> lines.</param>
    /// <param name="name">What errors and stack traces call it.</param>
    /// <exception cref="CellFailedException">It does not compile.</exception>
    public Submission Add(string code, string name)
    {
        lock (_gate)
        {
            var written = Parse(code, name);
            var tree = Parse(InterruptPointWriter.Write(written.GetRoot(), code), name);
            var number = _submissions.Count + 1;
            var compilation = Compilation(tree, $"Cell-{number}");
            var root = (CompilationUnitSyntax)tree.GetRoot();
            var hasCode = compilation.SyntaxTrees.Any(part => ((CompilationUnitSyntax)part.GetRoot()).Members.Count > 0);
            using var assembly = new MemoryStream();
            using var symbols = new MemoryStream();
            var emitted = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
            if (!emitted.Success)
            {
                // Told about the code as it was written: the calls that were put in move columns.
                var own = Compilation(written, $"Cell-{number}").GetDiagnostics();
                throw CompilationErrors.Of(own.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? own : emitted.Diagnostics, code, name);
            }

            foreach (var file in compilation.DirectiveReferences.OfType<PortableExecutableReference>().Select(reference => reference.FilePath).OfType<string>())
                Loader.AddAssembly(file);
            MethodInfo? factory = null;
            var slot = 0;
            if (hasCode)
            {
                assembly.Position = symbols.Position = 0;
                var entry = compilation.GetEntryPoint(CancellationToken.None) ?? throw new InvalidOperationException("a script without an entry point");
                factory = Loader.Load(assembly, symbols).GetType(entry.ContainingType.MetadataName, throwOnError: true)!
                    .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public);
                slot = _submissions.Count(one => one.Slot > 0) + 1;
                if (slot >= _states.Length)
                    Array.Resize(ref _states, _states.Length * 2);
            }

            var submission = new Submission(compilation, slot, factory, HasValue(compilation, tree, root));
            _submissions.Add(submission);
            // Directives of this cell hold for those that follow.
            _references = [.. References(), .. compilation.DirectiveReferences];
            return submission;
        }
    }

    /// <summary>Runs a compiled cell.</summary>
    /// <returns>Its last expression's value; null where there is none.</returns>
    public async Task<object?> RunAsync(Submission submission)
    {
        if (submission.Factory is null)
            return null;
        object?[] states;
        lock (_gate)
            states = _states;
        return await submission.Factory.CreateDelegate<Func<object?[], Task<object>>>()(states);
    }

    /// <summary>The object that holds a cell's variables; null where it has none or has not begun.</summary>
    public object? State(Submission submission)
    {
        lock (_gate)
            return submission.Slot > 0 ? _states[submission.Slot] : null;
    }

    private static SyntaxTree Parse(string code, string name) => CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), Parsing, name);

    private CSharpCompilation Compilation(SyntaxTree tree, string name)
    {
        lock (_gate)
        {
            return CSharpCompilation.CreateScriptCompilation(
                name, tree, References(), _options.WithScriptClassName($"Submission#{_submissions.Count}"), _submissions.Count > 0 ? _submissions[^1].Compilation : null);
        }
    }

    private IReadOnlyList<MetadataReference> References() => _references ??= HostAssemblies.References;

    private static bool HasValue(CSharpCompilation compilation, SyntaxTree tree, CompilationUnitSyntax root) =>
        root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }
        && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type is { SpecialType: not SpecialType.System_Void };
}
