using Cde.Kernels.Cells;
using Cde.Kernels.Languages.CSharp.Directives;
using Cde.Kernels.Languages.CSharp.Packages;
using Cde.Kernels.Languages.CSharp.Running;
using Cde.Kernels.Languages.CSharp.Submissions;
using Cde.Kernels.Languages.CSharp.Variables;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>
/// C# cells: top-level statements with <c>await</c>, declarations that later cells see, the last expression without a semicolon as
/// the value; <c>#r</c> of assemblies and packages, <c>#load</c> of files. Safe for cells of several shells at once: a cell sees the
/// variables of one that still runs.
/// </summary>
public sealed partial class CSharpLanguage : ILanguage, ILanguageServices, IVariables, IDisposable
{
    private static readonly LanguageInfo Info = LanguageCatalog.Entry("csharp");

    private readonly CSharpOptions _options;
    private readonly SubmissionLoadContext _assemblies = new();
    private readonly CompilerThread _compiler = new("C# compiler");
    private readonly CompilerThread _services = new("C# services");
    private readonly SubmissionChain _chain;
    private readonly SessionReferences _references;
    private readonly ExceptionDescription _exceptions;
    private readonly VariableDeclaration _declarations;
    private int _running;

    /// <summary>A session without cells. It is ready at once; what the first cell needs is prepared in the background.</summary>
    public CSharpLanguage(CSharpOptions? options = null)
    {
        _options = options ?? new CSharpOptions();
        _chain = new SubmissionChain(_assemblies);
        _references = new SessionReferences(_options, _assemblies);
        _exceptions = new ExceptionDescription(_chain);
        _declarations = new VariableDeclaration(_chain);
        Warm = _options.WarmsUp ? WarmUpAsync() : Task.CompletedTask;
    }

    /// <summary>A session whose relative paths count from a folder.</summary>
    public CSharpLanguage(string folder)
        : this(new CSharpOptions { Folder = folder })
    {
    }

    /// <summary>Done when the compiler has compiled and run something once; nobody has to wait for it.</summary>
    public Task Warm { get; }

    /// <inheritdoc/>
    public string Name => Info.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => Info.Aliases;

    /// <inheritdoc/>
    public string DisplayName => Info.DisplayName;

    /// <summary>Called with the packages that a cell brought in, before its code runs: for scripts that packages ship for notebooks. None by default.</summary>
    public Func<IReadOnlyList<RestoredPackage>, CellContext, Task>? PackagesAdded { get; set; }

    /// <summary>What cells refer to: other languages ask here too, so that versions of packages agree.</summary>
    internal SessionReferences References => _references;

    /// <summary>How many cells declare something: what a new cell is compiled against.</summary>
    internal int DeclaringCells => _chain.State.Submissions.Length;

    /// <summary>Whether a cell is past its compilation.</summary>
    internal bool IsRunning => Volatile.Read(ref _running) > 0;

    /// <inheritdoc/>
    public async Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        var source = new CellSource(code, cell.Request.Name, cell.LinesBefore);
        var (rest, files) = await ResolveAsync(source, cell);
        var submission = await _compiler.RunAsync(
            () => _chain.Add(source, rest, files, warning => cell.Output.Write(Hosting.OutputStream.Error, warning + "\n"), cell.Cancellation), cell.Cancellation);
        _compiler.Post(_chain.Prepare);
        if (submission is null)
            return null;
        Interlocked.Increment(ref _running);
        try
        {
            // Names of types given as text are looked up among what the cells refer to.
            using var names = _assemblies.EnterContextualReflection();
            var value = await submission.RunAsync();
            return submission.HasValue ? new CellValue(value) : null;
        }
        catch (Exception failure) when (failure is not CellInterruptedException || !cell.Cancellation.IsCancellationRequested)
        {
            throw _exceptions.Describe(failure, submission);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Variable> List() => DeclaredVariables.List(_chain.State);

    /// <inheritdoc/>
    public bool TryGet(string name, out Variable variable) => DeclaredVariables.TryGet(_chain.State, name, out variable);

    /// <inheritdoc/>
    /// <remarks>Where no source can name the type (it is internal, anonymous, made at run time), the variable has the nearest base or interface that can be named, at last <see cref="object"/>.</remarks>
    public Task SetAsync(string name, object? value, Type? type = null) => _compiler.RunAsync(
        () =>
        {
            _declarations.Declare(name, value, type);
            return true;
        },
        CancellationToken.None);

    /// <summary>Ends the compiler's threads.</summary>
    public void Dispose()
    {
        _compiler.Dispose();
        _services.Dispose();
    }

    private async Task<(string Code, LoadedFiles? Files)> ResolveAsync(CellSource source, CellContext cell)
    {
        var (rest, directives) = DirectiveReader.Read(source.Code);
        if (directives.Count == 0)
            return (rest, null);
        var files = new LoadedFiles(_options.Folder);
        var all = directives.Concat(ReadFiles(files, directives, source)).ToList();
        var (references, packages) = await _references.ResolveAsync(source, all, cell.Session.Display.Note, cell.Cancellation);
        if (references.Count > 0)
        {
            await _compiler.RunAsync(
                () =>
                {
                    _chain.AddReferences(references);
                    return true;
                },
                CancellationToken.None);
        }

        if (packages.Count > 0 && PackagesAdded is { } added)
            await added(packages, cell);
        return (rest, files);
    }

    private static IReadOnlyList<CompilerDirective> ReadFiles(LoadedFiles files, IReadOnlyList<CompilerDirective> directives, CellSource source)
    {
        try
        {
            return files.Read(directives);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CompilationErrors.OfLine(failure.Message, source, directives.First(directive => directive.Kind == DirectiveKind.Load).Line);
        }
    }

    private async Task WarmUpAsync()
    {
        var warming = await _compiler.RunAsync(() => _chain.Add(Warming.Source, Warming.Source.Code, null, _ => { }, CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
        _compiler.Post(_chain.Prepare);
        await warming!.RunAsync().ConfigureAwait(false);
    }
}
