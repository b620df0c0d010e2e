using Cde.Kernels.Cells;
using Cde.Workbench;
using Microsoft.CodeAnalysis;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>
/// C# cells: top-level statements with await, declarations that later cells see, a last expression whose value is shown, <c>#r</c>, <c>#i</c> and
/// <c>#load</c>. The compiler warms up in the background from the start.
/// </summary>
public sealed class CSharpLanguage : ILanguage, ILanguageServices, IVariables
{
    private static readonly LanguageInfo Info = LanguageCatalog.Entry("csharp");

    private readonly SubmissionChain _chain;
    private readonly PackageReferences _packages;
    private readonly Task _warmUp;

    /// <summary>C# for one notebook.</summary>
    /// <param name="folder">From where <c>#load</c> and <c>#r</c> find relative paths.</param>
    public CSharpLanguage(string folder)
    {
        _chain = new SubmissionChain(folder);
        _packages = new PackageReferences(folder);
        _warmUp = Task.Run(() => WarmUp(folder));
    }

    /// <inheritdoc/>
    public string Name => Info.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => Info.Aliases;

    /// <inheritdoc/>
    public string DisplayName => Info.DisplayName;

    /// <summary>Done when the compiler has compiled and run something once.</summary>
    public Task Warm => _warmUp;

    /// <inheritdoc/>
    public async Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        var name = cell.Request.Name;
        var (source, requests) = PackageDirectives.Read(code, name);
        if (requests.Count > 0)
        {
            var assets = await _packages.RestoreAsync(requests, cell.Session.Display, cell.Cancellation);
            assets.Native.ToList().ForEach(_chain.Loader.AddNative);
            assets.Runtime.ToList().ForEach(_chain.Loader.AddAssembly);
            _chain.AddReferences(assets.Compile);
        }

        Submission submission;
        using (CellThread.Uninterrupted())
            submission = _chain.Add(source, name);
        cell.Cancellation.ThrowIfCancellationRequested();
        try
        {
            var value = await _chain.RunAsync(submission);
            return submission.HasValue ? new CellValue(value) : null;
        }
        catch (Exception failure) when (failure is not (CellInterruptedException or CellFailedException)
            && !(failure is OperationCanceledException or ThreadInterruptedException && cell.Cancellation.IsCancellationRequested))
        {
            throw RuntimeErrors.Of(failure, source, name);
        }
    }

    /// <inheritdoc/>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) =>
        Task.Run(() => CSharpCompletion.Of(_chain, code, position, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation) =>
        Task.Run(() => CSharpHover.Of(_chain, code, position, cancellation), cancellation);

    /// <inheritdoc/>
    public Completeness Check(string code) => CSharpCompleteness.Of(code);

    /// <inheritdoc/>
    public IReadOnlyList<Variable> List()
    {
        var found = new Dictionary<string, Variable>(StringComparer.Ordinal);
        foreach (var submission in _chain.Submissions.Reverse())
        {
            foreach (var symbol in submission.Variables)
            {
                if (!found.ContainsKey(symbol.Name) && Read(submission, symbol) is { } variable)
                    found.Add(symbol.Name, variable);
            }
        }

        return [.. found.Values.Reverse()];
    }

    /// <inheritdoc/>
    public bool TryGet(string name, out Variable variable)
    {
        foreach (var submission in _chain.Submissions.Reverse())
        {
            if (submission.Variables.FirstOrDefault(symbol => symbol.Name == name) is { } symbol && Read(submission, symbol) is { } found)
            {
                variable = found;
                return true;
            }
        }

        variable = default;
        return false;
    }

    /// <inheritdoc/>
    public async Task SetAsync(string name, object? value, Type? type = null)
    {
        if (!Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name))
            throw new CdeException($"{name}: not a name of a C# variable; take letters, digits and _, not beginning with a digit");
        var key = ScriptValue.Put(value);
        try
        {
            var written = TypeExpression.Of(type ?? value?.GetType() ?? typeof(object));
            using var uninterrupted = CellThread.Uninterrupted();
            var cast = written == "dynamic" ? "object" : written;
            var submission = _chain.Add($"{written} @{name} = global::{typeof(ScriptValue).FullName}.Take<{cast}>({key});", "set " + name);
            await _chain.RunAsync(submission);
        }
        finally
        {
            ScriptValue.Forget(key);
        }
    }

    private Variable? Read(Submission submission, ISymbol symbol)
    {
        const System.Reflection.BindingFlags Any =
            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic;
        if (_chain.State(submission) is not { } state)
            return null;
        try
        {
            return state.GetType() switch
            {
                var type when type.GetField(symbol.Name, Any) is { } field => new Variable(symbol.Name, field.FieldType, field.GetValue(state)),
                var type when type.GetProperty(symbol.Name, Any) is { } property => new Variable(symbol.Name, property.PropertyType, property.GetValue(state)),
                _ => null,
            };
        }
        catch (System.Reflection.TargetInvocationException)
        {
            return null; // a property of the cell whose getter throws has no value now
        }
    }

    // The first compilation loads and jits the compiler: a second or so that no cell should wait for.
    private static async Task WarmUp(string folder)
    {
        var chain = new SubmissionChain(folder);
        var submission = chain.Add("var warm = new[] { 1, 2 }.Select(x => x + 1).ToList(); await Task.CompletedTask; $\"{warm.Count}\"", "warm-up");
        await chain.RunAsync(submission).ConfigureAwait(false);
        chain.Add("warm.Count", "warm-up");
    }
}
