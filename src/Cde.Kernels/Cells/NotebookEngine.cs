using System.Collections.Concurrent;
using Cde.Kernels.Directives;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;
using Cde.Kernels.Languages.CSharp;
using Cde.Workbench;

namespace Cde.Kernels.Cells;

/// <summary>
/// Runs the cells of one notebook: cuts a cell into code and magics, gives each part to its language or magic, and keeps what cells
/// share: languages with their variables, loaded models, kept results. Each shell has an execution thread of its own.
/// </summary>
public sealed class NotebookEngine : INotebookEngine, IDirectiveHost
{
    private const string MainShell = "", ExpressionShell = "\0expressions";

    private readonly ConcurrentDictionary<string, Lazy<CellThread>> _threads = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly CellParser _parser;
    private readonly MagicServices _magics;
    private volatile IReadOnlyList<ILanguage> _languages;
    private ConsoleCapture? _console;

    /// <summary>An engine over given parts; <see cref="Create"/> makes the one that notebooks run on.</summary>
    /// <param name="languages">The languages, the default one first. The engine owns them.</param>
    /// <param name="directives">The magics.</param>
    /// <param name="folder">The folder from which relative paths count; the current one where null.</param>
    /// <param name="time">The clock; the system's where left out.</param>
    public NotebookEngine(IReadOnlyList<ILanguage> languages, DirectiveCatalog directives, string? folder = null, TimeProvider? time = null)
    {
        _languages = languages;
        Directives = directives;
        Folder = Path.GetFullPath(folder ?? Environment.CurrentDirectory);
        Session = new Session(NoDisplay.Instance, time);
        _parser = new CellParser(this);
        _magics = new MagicServices(this);
    }

    /// <summary>The engine that notebooks run on: every language and magic, C# by default, the console captured while it lives.</summary>
    /// <param name="folder">The folder from which relative paths count; the current one where null.</param>
    /// <param name="time">The clock; the system's where left out.</param>
    public static NotebookEngine Create(string? folder = null, TimeProvider? time = null)
    {
        var home = Path.GetFullPath(folder ?? Environment.CurrentDirectory);
        var csharp = new CSharpLanguage(home);
        NotebookEngine? engine = null;
        engine = new NotebookEngine(
            [
                csharp,
                new FSharpLanguage(home, csharp),
                new SqlLanguage(() => engine!.Languages),
                new HtmlLanguage(),
                new JavaScriptLanguage(),
                new MarkdownLanguage(),
                new MermaidLanguage(),
                .. ShellLanguage.CreateAll(),
                new ValueLanguage(),
            ],
            StandardDirectives.Create(),
            home,
            time)
        {
            _console = ConsoleCapture.Begin(),
        };
        return engine;
    }

    /// <inheritdoc/>
    public string DefaultLanguage => _languages[0].Name;

    /// <inheritdoc/>
    public IReadOnlyList<ILanguage> Languages => _languages;

    /// <inheritdoc/>
    public DirectiveCatalog Directives { get; }

    /// <inheritdoc/>
    public string Folder { get; }

    /// <summary>What every cell shares: kept results, loaded models and corpora.</summary>
    public Session Session { get; }

    /// <inheritdoc/>
    public void Add(ILanguage language)
    {
        lock (_gate)
            _languages = [.. _languages.Where(present => !string.Equals(present.Name, language.Name, StringComparison.OrdinalIgnoreCase)), language];
    }

    /// <inheritdoc/>
    public async Task<CellOutcome> ExecuteAsync(CellRequest request, ICellOutput output)
    {
        var display = new NotebookDisplay(output);
        var session = Session.For(display);
        var endings = new CellEndings();
        try
        {
            await Thread(request.Shell ?? MainShell).RunAsync(async token =>
            {
                var cell = new CellContext(request, output, session, token);
                CellContext.Current = cell;
                await RunPartsAsync(cell, endings);
                return true;
            }).ConfigureAwait(false);
            return CellOutcome.Done;
        }
        catch (Exception failure)
        {
            return Outcome(failure);
        }
        finally
        {
            endings.Run();
            session.Dispose();
        }
    }

    /// <inheritdoc/>
    public Task RunAsync(CellRequest cell, CellContext within) => RunNestedAsync(new CellContext(cell, within.Output, within.Session, within.Cancellation), within);

    /// <inheritdoc/>
    public void Interrupt(string? shell = null)
    {
        if (_threads.TryGetValue(shell ?? MainShell, out var thread) && thread.IsValueCreated)
            thread.Value.Interrupt();
    }

    /// <inheritdoc/>
    public async Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation = default)
    {
        if (_magics.CodeAt(code, position) is not { } part)
            return _magics.Complete(code, position);
        return Services(part) is { } services
            ? await services.CompleteAsync(part.Code, position, cancellation).ConfigureAwait(false)
            : CompletionList.None(position);
    }

    /// <inheritdoc/>
    public async Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation = default)
    {
        if (_magics.CodeAt(code, position) is not { } part)
            return _magics.Inspect(code, position);
        return Services(part) is { } services ? await services.InspectAsync(part.Code, position, cancellation).ConfigureAwait(false) : null;
    }

    /// <inheritdoc/>
    public Completeness Check(string code)
    {
        if (LanguageCode.AtEnd(this, code) is not { } part || string.IsNullOrWhiteSpace(part.Code))
            return new Completeness(CompletenessStatus.Complete);
        return Services(part)?.Check(part.Code) ?? new Completeness(CompletenessStatus.Unknown);
    }

    /// <inheritdoc/>
    public async Task<MimeBundle> EvaluateAsync(string expression, CancellationToken cancellation = default)
    {
        var request = new CellRequest(expression) { Name = "Expression" };
        var value = await Thread(ExpressionShell).RunAsync(token =>
        {
            var cell = new CellContext(request, NoOutput.Instance, Session.For(NoDisplay.Instance), token);
            CellContext.Current = cell;
            return _languages[0].RunAsync(expression, cell);
        }).WaitAsync(cancellation).ConfigureAwait(false);
        return value is null
            ? throw new CellFailedException(new CellError("CompilationError", "the expression has no value", []))
            : Formatter.Format(value.Value);
    }

    /// <summary>Stops what runs, and disposes of languages, models and kept results.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var thread in _threads.Values.Where(thread => thread.IsValueCreated))
            await thread.Value.DisposeAsync().ConfigureAwait(false);
        foreach (var language in _languages)
        {
            if (language is IAsyncDisposable slow)
                await slow.DisposeAsync().ConfigureAwait(false);
            else
                (language as IDisposable)?.Dispose();
        }

        Session.Dispose();
        _console?.Dispose();
    }

    private ILanguageServices? Services(LanguageCode part) => LanguageCatalog.TryFind(_languages, part.Language) as ILanguageServices;

    private CellThread Thread(string shell) => _threads.GetOrAdd(shell, name => new Lazy<CellThread>(() => new CellThread(name.Length == 0 ? "cells" : $"cells {name}"))).Value;

    // Awaits inside cells keep the context: continuations belong on the cell's thread.
    private async Task RunPartsAsync(CellContext cell, CellEndings endings)
    {
        var parts = _parser.Parse(cell.Request);
        for (var i = 0; i < parts.Count; i++)
        {
            cell.Cancellation.ThrowIfCancellationRequested();
            switch (parts[i])
            {
                case DirectivePart magic:
                    await DirectiveRunner.RunAsync(magic, cell, this, endings);
                    break;
                case CodePart code:
                    Show(await RunAsync(code, cell), cell, isLast: i == parts.Count - 1);
                    break;
            }
        }
    }

    private async Task RunNestedAsync(CellContext cell, CellContext within)
    {
        var endings = new CellEndings();
        CellContext.Current = cell;
        try
        {
            await RunPartsAsync(cell, endings);
        }
        finally
        {
            CellContext.Current = within;
            endings.Run();
        }
    }

    private async Task<CellValue?> RunAsync(CodePart part, CellContext cell)
    {
        var language = LanguageCatalog.Find(_languages, part.Language);
        var context = new CellContext(cell.Request, cell.Output, cell.Session, cell.Cancellation) { SelectorArguments = part.SelectorArguments };
        // Blank lines above the code keep the cell's own line numbers in errors, stack traces and debug information.
        if (language is ILanguageServices)
            return await language.RunAsync(new string('\n', part.Line - 1) + part.Code, context);
        try
        {
            return await language.RunAsync(part.Code, context);
        }
        catch (CellFailedException failure) when (failure.Error.Line > 0 && part.Line > 1)
        {
            throw new CellFailedException(failure.Error with { Line = failure.Error.Line + part.Line - 1 }, failure.InnerException);
        }
    }

    private static void Show(CellValue? value, CellContext cell, bool isLast)
    {
        if (value is null || cell.Request.IsSilent)
            return;
        var bundle = Formatter.Format(value.Value);
        if (isLast)
            cell.Output.Result(bundle);
        else
            cell.Output.Display(bundle);
    }

    private static CellOutcome Outcome(Exception failure) => failure switch
    {
        CellInterruptedException => new CellOutcome(new CellError("Interrupted", "the cell was interrupted; what it had assigned is kept", []), WasInterrupted: true),
        CellFailedException told => new CellOutcome(told.Error),
        _ => new CellOutcome(new CellError(failure.GetType().Name, failure.Message, failure is CdeException ? [] : failure.ToString().Split('\n'))),
    };
}
