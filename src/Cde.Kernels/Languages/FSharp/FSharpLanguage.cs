using System.Runtime.ExceptionServices;
using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages.CSharp;
using Cde.Workbench;
using Microsoft.FSharp.Control;
using Microsoft.FSharp.Core;

namespace Cde.Kernels.Languages;

/// <summary>
/// Runs F#. Cells share their declarations; the value is that of the last expression. The compiler starts with the first cell, or before it
/// where <see cref="WarmUp"/> is called: that takes seconds. Cells of several shells run one after another. An interrupt also cancels
/// asynchronous workflows that were started without a token of their own.
/// </summary>
public sealed class FSharpLanguage : ILanguage, ILanguageServices, IVariables, IDisposable
{
    private readonly Lazy<Task<FSharpSession>> _session;
    private readonly FSharpPackages _packages;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>F# for one notebook.</summary>
    /// <param name="folder">From where <c>#load</c> and <c>#r</c> find relative paths; the current one where null.</param>
    /// <param name="csharp">The notebook's C#, with which packages are shared; none where null.</param>
    public FSharpLanguage(string? folder = null, CSharpLanguage? csharp = null)
    {
        folder ??= Environment.CurrentDirectory;
        _packages = new(csharp?.References ?? new SessionReferences(new CSharpOptions { Folder = folder }, new()));
        _session = new(() => Task.Run(() => FSharpSession.Create(folder)));
    }

    /// <inheritdoc/>
    public string Name => "fsharp";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => LanguageCatalog.Entry(Name).Aliases;

    /// <inheritdoc/>
    public string DisplayName => "F#";

    /// <summary>Starts the compiler in the background, so that the first cell need not wait for it. Returns at once.</summary>
    public Task WarmUp() => Task.Run(async () =>
    {
        var session = await _session.Value.ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            // What every first cell needs: inference, code generation, formats.
            session.Evaluate("List.map (fun i -> sprintf \"%d\" i) [1] |> ignore", "warm.fsx", CancellationToken.None);
            _ = session.Check("List.").Types;
        }
        finally
        {
            _turn.Release();
        }
    });

    /// <inheritdoc/>
    public async Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        var session = await _session.Value.WaitAsync(cell.Cancellation);
        var (source, assemblies) = await _packages.RestoreAsync(code, cell);
        using var interrupt = cell.Cancellation.Register(FSharpAsync.CancelDefaultToken);
        return InTurn(cell.Cancellation, () =>
        {
            assemblies.ToList().ForEach(session.Refer);
            return Run(session, source, cell);
        });
    }

    /// <inheritdoc/>
    public async Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) =>
        FSharpServices.Complete(await _session.Value.WaitAsync(cancellation).ConfigureAwait(false), code, position);

    /// <inheritdoc/>
    public async Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation) =>
        FSharpServices.Inspect(await _session.Value.WaitAsync(cancellation).ConfigureAwait(false), code, position);

    /// <summary>Whether the code could be run as it stands; unknown as long as the compiler has not started.</summary>
    public Completeness Check(string code) => _session is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
        ? FSharpCompleteness.Check(_session.Value.Result, code)
        : new(CompletenessStatus.Unknown);

    /// <inheritdoc/>
    public IReadOnlyList<Variable> List() => Started is { } session ? [.. session.Values().OrderBy(value => value.Name, StringComparer.Ordinal)] : [];

    /// <inheritdoc/>
    public bool TryGet(string name, out Variable variable)
    {
        var found = Started?.Find(name);
        variable = found ?? default;
        return found is not null;
    }

    /// <summary>Declares a value, by reference. Where F# cannot name its type, it gets the declared type, a base class or an interface of it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="type">Its declared type.</param>
    /// <exception cref="CdeException">The name is no identifier of F#.</exception>
    public async Task SetAsync(string name, object? value, Type? type = null)
    {
        var session = await _session.Value;
        InTurn(CancellationToken.None, () =>
        {
            FSharpBinding.Declare(session, name, value, type);
            return true;
        });
    }

    /// <summary>Ends the compiler's session.</summary>
    public void Dispose()
    {
        Started?.Dispose();
        _packages.Dispose();
        _turn.Dispose();
    }

    private FSharpSession? Started => _session is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? _session.Value.Result : null;

    private static CellValue? Run(FSharpSession session, string code, CellContext cell)
    {
        var fileName = cell.Request.Name + ".fsx";
        CellValue? value = null;
        foreach (var part in FSharpInteractions.Split(code))
        {
            var evaluation = session.RunCell(part, fileName, cell.Cancellation);
            foreach (var warning in evaluation.Diagnostics.Where(one => one.Severity.IsWarning))
                cell.Output.Write(OutputStream.Error, FSharpErrors.Line(warning) + "\n");
            if (evaluation.Failure is { } failure)
                throw Failed(evaluation, failure, code, fileName, cell.Cancellation);
            value = evaluation.Value is { } last && last.ReflectionType != typeof(Unit) ? new CellValue(last.ReflectionValue) : null;
        }

        return value;
    }

    private static CellFailedException Failed(FSharpEvaluation evaluation, Exception failure, string code, string fileName, CancellationToken cancellation)
    {
        // The ways in which an interrupt arrives are the engine's to tell from errors of the code.
        if (failure is ThreadInterruptedException or CellInterruptedException || (failure is OperationCanceledException && cancellation.IsCancellationRequested))
            ExceptionDispatchInfo.Throw(failure);
        // The compiler looks at the token too, and then calls it an error of the code.
        if (failure is FSharp.Compiler.Interactive.Shell.FsiCompilationException)
            cancellation.ThrowIfCancellationRequested();
        return failure is FSharp.Compiler.Interactive.Shell.FsiCompilationException
            ? FSharpErrors.Compilation(evaluation.Diagnostics, code, failure)
            : FSharpErrors.Run(failure, code, fileName);
    }

    /// <summary>Does work while no other cell does any. An interrupt ends the wait through the token alone, so that a turn is never taken and forgotten.</summary>
    private T InTurn<T>(CancellationToken cancellation, Func<T> work)
    {
        using (CellThread.Uninterrupted())
            _turn.Wait(cancellation);
        try
        {
            return work();
        }
        finally
        {
            _turn.Release();
        }
    }
}
