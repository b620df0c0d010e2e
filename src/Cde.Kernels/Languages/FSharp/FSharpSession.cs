using Cde.Kernels.Displays;
using Cde.Workbench;
using FSharp.Compiler.CodeAnalysis;
using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Syntax;
using FSharp.Compiler.Text;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Control;
using Microsoft.FSharp.Core;
using TorchSharp;
using static FSharp.Compiler.Interactive.Shell;

namespace Cde.Kernels.Languages;

/// <summary>What one evaluation gave.</summary>
/// <param name="Value">The last expression's value; null where there is none.</param>
/// <param name="Failure">What the code threw, or that it does not compile; null where it ended well.</param>
/// <param name="Diagnostics">Warnings and errors of the compiler.</param>
internal readonly record struct FSharpEvaluation(FsiValue? Value, Exception? Failure, IReadOnlyList<FSharpDiagnostic> Diagnostics)
{
    /// <summary>Whether the code compiled and ran to its end.</summary>
    public bool IsDone => Failure is null;
}

/// <summary>
/// The compiler's interactive session. Code runs on the thread that asks; it refers to the assemblies that the host runs on, so that a
/// value of the host is the same object with the same type in F#.
/// </summary>
internal sealed class FSharpSession : IDisposable
{
    /// <summary>The name under which a value waits to be bound with a type of its own.</summary>
    public const string ExchangeName = "cde__value";

    private const string ParsedName = "cell.fsx";

    private readonly FsiEvaluationSession _session;
    private readonly HashSet<string> _references = [typeof(object).Assembly.Location];

    private FSharpSession(FsiEvaluationSession session) => _session = session;

    /// <summary>Starts the compiler: seconds, for it is compiled itself while it starts.</summary>
    /// <param name="folder">From where <c>#load</c> and <c>#r</c> find relative paths.</param>
    public static FSharpSession Create(string folder)
    {
        string[] arguments =
        [
            "cde", "--noninteractive", "--nologo", "--gui-", "--readline-",
            // Quiet spares more than text: what the session would print of a value it first computes, sequences included.
            "--quiet",
            // The assemblies that run, not those of an SDK, which may be another version or absent.
            "--usesdkrefs-",
            .. new[] { typeof(CdeException), typeof(FSharpSession), typeof(torch) }.Select(type => type.Assembly.Location).Where(path => path.Length > 0).Select(path => $"-r:{path}"),
        ];
        var session = new FSharpSession(FsiEvaluationSession.Create(
            FsiEvaluationSession.GetDefaultConfiguration(), arguments, TextReader.Null, TextWriter.Null, TextWriter.Null, FSharpOption<bool>.None, null));
        // display(x) and its like, as C# cells have them.
        session.Evaluate($"#silentCd @\"{folder}\"\nopen type global.{typeof(Notebook).FullName}", "start.fsx", CancellationToken.None);
        return session;
    }

    /// <summary>Compiles and runs code on the calling thread, with points at which an interrupt stops it.</summary>
    /// <param name="code">The code, without <c>;;</c>.</param>
    /// <param name="fileName">What the compiler and stack traces call it.</param>
    /// <param name="cancellation">Looked at between compiling and running.</param>
    public FSharpEvaluation RunCell(string code, string fileName, CancellationToken cancellation)
    {
        var withPoints = FSharpPoints.Add(code, Parse(code), fileName);
        var evaluation = Evaluate(withPoints, fileName, cancellation);
        // Points must never be why code fails, and errors read best on the code as it was written. A loaded script may have run already.
        var isAgain = evaluation.Failure is FsiCompilationException && withPoints != code && !code.Contains("#load", StringComparison.Ordinal);
        return isAgain ? Evaluate(code, fileName, cancellation) : evaluation;
    }

    /// <summary>Compiles and runs code on the calling thread.</summary>
    /// <param name="code">The code, without <c>;;</c>.</param>
    /// <param name="fileName">What the compiler and stack traces call it.</param>
    /// <param name="cancellation">Looked at between compiling and running.</param>
    public FSharpEvaluation Evaluate(string code, string fileName, CancellationToken cancellation)
    {
        using var compiling = new CompilingRegion();
        var (choice, diagnostics) = _session.EvalInteractionNonThrowing(code, fileName, cancellation);
        return choice switch
        {
            FSharpChoice<FSharpOption<FsiValue>, Exception>.Choice1Of2 value => new(value.Item?.Value, null, diagnostics),
            FSharpChoice<FSharpOption<FsiValue>, Exception>.Choice2Of2 failure => new(null, failure.Item, diagnostics),
            _ => throw new NotSupportedException(choice.GetType().Name),
        };
    }

    /// <summary>The syntax of code; what is wrong in it is left out.</summary>
    public ParsedInput Parse(string code)
    {
        var options = new FSharpParsingOptions([ParsedName], true, ListModule.OfArray(["INTERACTIVE"]), FSharpParsingOptions.Default.DiagnosticOptions, "default", true, false, false);
        var parsing = _session.InteractiveChecker.ParseFile(ParsedName, SourceText.ofString(code), options, false, null);
        return FSharpAsync.RunSynchronously(parsing, null, null).ParseTree;
    }

    /// <summary>Lets code name the types of an assembly file.</summary>
    public void Refer(string path)
    {
        if (path.Length > 0 && _references.Add(path))
            Evaluate($"#r @\"{path}\"", "reference.fsx", CancellationToken.None);
    }

    /// <summary>Binds a value under its own type.</summary>
    /// <exception cref="ArgumentException">The name is no identifier, or the type cannot be named in F#.</exception>
    public void Bind(string name, object value) => _session.AddBoundValue(name, value);

    /// <summary>The values at the top level, the newest of each name.</summary>
    public IEnumerable<Variable> Values() => _session.GetBoundValues()
        .Where(bound => bound.Name is not ("it" or ExchangeName))
        .Select(Read);

    /// <summary>The value of that name; null where there is none.</summary>
    public Variable? Find(string name) => name is not ("it" or ExchangeName) && _session.TryFindBoundValue(name)?.Value is { } bound
        ? Read(bound)
        : null;

    // The compiler loads packages for itself as well; the type that code runs with is the value's.
    private static Variable Read(FsiBoundValue bound)
    {
        var (type, value) = (bound.Value.ReflectionType, bound.Value.ReflectionValue);
        return new Variable(bound.Name, value is null || type.IsInstanceOfType(value) ? type : value.GetType(), value);
    }

    /// <summary>Checks code against everything evaluated so far, without running it.</summary>
    public (FSharpParseFileResults Syntax, FSharpCheckFileResults Types) Check(string code)
    {
        var (syntax, types, _) = _session.ParseAndCheckInteraction(code, FSharpOption<bool>.None);
        return (syntax, types);
    }

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)_session).Dispose();
}
