using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Cde.Kernels.Cells;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>
/// The cells of a session, each compiled against those before it. A cell takes its place as soon as it is compiled, before it runs, so that
/// cells of other shells see its variables while it runs. Cells that declare nothing leave no trace, so the chain grows with what there is to see.
/// </summary>
/// <param name="assemblies">Where cells are loaded.</param>
internal sealed class SubmissionChain(SubmissionLoadContext assemblies)
{
    // The version is what every framework says; named here, the compiler need not look it up in each cell.
    private static readonly EmitOptions Emitted = new(debugInformationFormat: DebugInformationFormat.PortablePdb, runtimeMetadataVersion: "v4.0.30319");

    private readonly Lazy<ChainState> _start = new(ChainState.Start);
    private readonly ConcurrentDictionary<Assembly, Submission> _byAssembly = new();
    private ChainState? _state;
    private (ChainState For, CSharpCompilation Empty)? _prepared;
    private int _compiled;

    /// <summary>What the next cell is compiled against; from any thread.</summary>
    public ChainState State => Volatile.Read(ref _state) ?? _start.Value;

    /// <summary>The cell that an assembly was made of; null for other assemblies.</summary>
    public Submission? Find(Assembly assembly) => _byAssembly.GetValueOrDefault(assembly);

    /// <summary>Compiles a cell and gives it its place. Called by the compiler's thread alone.</summary>
    /// <param name="source">The cell.</param>
    /// <param name="code">Its code without the directives that are not the compiler's.</param>
    /// <param name="sources">Finds what <c>#load</c> names.</param>
    /// <param name="warn">Takes warnings worth showing.</param>
    /// <param name="cancellation">Stops compiling.</param>
    /// <returns>The cell, ready to run; null where it has no statements and declares no variables.</returns>
    /// <exception cref="CellFailedException">It does not compile; the chain is as before.</exception>
    public Submission? Add(
        CellSource source,
        string code,
        SourceReferenceResolver? sources,
        Action<string> warn,
        CancellationToken cancellation)
    {
        var state = State;
        var tree = ScriptText.Parse(code, source.Name);
        var compilation = sources is null ? Prepared(state, tree) : state.Compile(tree, NextName(), sources);
        if (!HasCode(compilation))
        {
            Refuse(compilation.GetDiagnostics(cancellation), source, tree, warn);
            Advance(state, compilation, null);
            return null;
        }

        var submission = Load(compilation, state, source, diagnostics => Refuse(diagnostics, source, tree, warn), cancellation)!;
        Advance(state, compilation, submission);
        return submission;
    }

    /// <summary>Looks up the next cell's references before it comes: a fifth of the time that a short cell takes. Called by the compiler's thread alone.</summary>
    public void Prepare()
    {
        var state = State;
        if (_prepared is { } prepared && ReferenceEquals(prepared.For, state))
            return;
        var empty = state.Compile(ScriptText.Parse("", ""), NextName());
        _ = empty.ReferencedAssemblyNames;
        _prepared = (state, empty);
    }

    /// <summary>References that every later cell is compiled against. Called by the compiler's thread alone.</summary>
    public void AddReferences(IEnumerable<MetadataReference> references)
    {
        var state = State;
        Volatile.Write(ref _state, state with { Added = state.Added.AddRange(references) });
    }

    /// <summary>Declares a variable that holds a value. Called by the compiler's thread alone.</summary>
    /// <param name="name">Its name, as source.</param>
    /// <param name="typeText">Its type, as source.</param>
    /// <param name="type">The type that this has to mean.</param>
    /// <param name="value">The value.</param>
    /// <param name="references">References that the type needs.</param>
    /// <returns>False where the source does not mean that type; the chain is then as before.</returns>
    public bool TryDeclare(string name, string typeText, Type type, object? value, IEnumerable<MetadataReference> references)
    {
        var state = State;
        state = state with { Added = state.Added.AddRange(references) };
        var source = new CellSource($"{typeText} {name};", name);
        var compilation = state.Compile(ScriptText.Parse(source.Code, source.Name), NextName());
        var isRight = true;
        var submission = Load(compilation, state, source, diagnostics => isRight = !diagnostics.Any(one => one.Severity == DiagnosticSeverity.Error), CancellationToken.None, () => isRight);
        if (submission?.Variables is not [var field] || field.FieldType != type)
            return false;
        field.SetValue(submission.Instance, value);
        Advance(state, compilation, submission);
        return true;
    }

    private CSharpCompilation Prepared(ChainState state, SyntaxTree tree)
    {
        if (_prepared is not { } prepared || !ReferenceEquals(prepared.For, state))
            return state.Compile(tree, NextName());
        _prepared = null; // its name is taken
        return prepared.Empty.ReplaceSyntaxTree(prepared.Empty.SyntaxTrees[0], tree);
    }

    private string NextName() => $"cell-{++_compiled}";

    private Submission? Load(
        CSharpCompilation compilation, ChainState state, CellSource source, Action<ImmutableArray<Diagnostic>> check, CancellationToken cancellation, Func<bool>? goesOn = null)
    {
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        check(compilation.Emit(image, symbols, options: Emitted, cancellationToken: cancellation).Diagnostics);
        if (goesOn?.Invoke() == false)
            return null;
        var woven = PointWeaver.IsNeeded(compilation) ? PointWeaver.Weave(image.ToArray(), symbols.ToArray()) : (Image: image, Symbols: symbols);
        woven.Image.Position = woven.Symbols.Position = 0;
        var assembly = assemblies.LoadFromStream(woven.Image, woven.Symbols);

        // The constructor only takes its place and those before it; the cell's own code runs later.
        object?[] slots = [.. state.Slots, null];
        var instance = Activator.CreateInstance(assembly.GetType(ScriptText.ClassName, throwOnError: true)!, [slots])!;
        var submission = new Submission(source, assembly, instance, ScriptText.HasValue(compilation)) { Variables = VariablesOf(compilation, instance) };
        _byAssembly[assembly] = submission;
        return submission;
    }

    private void Advance(ChainState state, CSharpCompilation compilation, Submission? submission)
    {
        if (submission is not null && Declares(compilation))
            state = state with { Tip = compilation, Slots = state.Slots.Add(submission.Instance), Submissions = state.Submissions.Add(submission), Added = [] };
        else if (submission is null)
            state = state with { Tip = compilation, Added = [] };
        Volatile.Write(ref _state, state);
    }

    private static bool HasCode(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.Any(tree => ((CompilationUnitSyntax)tree.GetRoot()).Members.Count > 0);

    private static bool Declares(CSharpCompilation compilation) =>
        compilation.ScriptClass!.GetMembers().Any(member => !member.IsImplicitlyDeclared)
        || compilation.SyntaxTrees.Any(tree => tree.GetRoot() is CompilationUnitSyntax { Usings.Count: > 0 } or CompilationUnitSyntax { Externs.Count: > 0 });

    private static IReadOnlyList<FieldInfo> VariablesOf(CSharpCompilation compilation, object instance) =>
    [
        .. compilation.ScriptClass!.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsImplicitlyDeclared)
            .Select(field => instance.GetType().GetField(field.Name, BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .OfType<FieldInfo>(),
    ];

    private static void Refuse(ImmutableArray<Diagnostic> diagnostics, CellSource source, SyntaxTree tree, Action<string> warn)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
            throw CompilationErrors.Describe(errors, source, tree);
        foreach (var warning in diagnostics.Where(CompilationErrors.IsWorthShowing))
            warn(CompilationErrors.Line(warning, source, tree));
    }
}
