using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Cde.Kernels.Languages.CSharp.Submissions;

namespace Cde.Kernels.Languages.CSharp.Running;

/// <summary>One call on the way to an exception.</summary>
/// <param name="Text">The call, such as <c>Cell 3, line 4</c> or <c>Parse(String text) in Cell 2, line 1</c>.</param>
/// <param name="Submission">The cell that it is in; null for calls of libraries.</param>
/// <param name="Line">The line in that cell's code, from 1; 0 where it is not known.</param>
internal readonly record struct CellFrame(string Text, Submission? Submission, int Line);

/// <summary>Reads the calls of an exception as a notebook's reader thinks of them: cells, their functions, the libraries they call; none of the engine's.</summary>
/// <param name="chain">Knows which assembly is which cell.</param>
internal sealed partial class CellFrames(SubmissionChain chain)
{
    // Lines of so many calls are found in a moment; those of a deep recursion take a quarter of a minute, and say the same again and again.
    private const int MaxWithLines = 400;
    private const int MaxWithout = 100;

    /// <summary>The calls, innermost first, up to the statements of the cell that was run.</summary>
    public IReadOnlyList<CellFrame> Read(Exception exception)
    {
        var frames = new List<CellFrame>();
        foreach (var frame in Raw(exception))
        {
            if (frame.GetMethod() is not { } method)
                continue;
            var submission = chain.Find(method.Module.Assembly);
            if (submission is null && !IsHidden(method))
                frames.Add(new CellFrame(Signature(method, Name(method)), null, 0));
            if (submission is null)
                continue;
            var (name, isCell) = (Name(method), Submission.IsInitializer(Name(method)));
            frames.Add(Place(submission, frame, isCell ? null : Signature(method, name)));
            if (isCell)
                break;
        }

        return frames;
    }

    private static IEnumerable<StackFrame> Raw(Exception exception)
    {
        var plain = new StackTrace(exception, fNeedFileInfo: false);
        return plain.FrameCount <= MaxWithLines
            ? new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            : Enumerable.Range(0, MaxWithout).Select(index => plain.GetFrame(index)!);
    }

    private static CellFrame Place(Submission submission, StackFrame frame, string? call)
    {
        var source = submission.Source;
        var line = frame.GetFileLineNumber();
        var file = frame.GetFileName();
        // The runtime makes a full path of a cell's name.
        var isLoaded = file is not null && file != source.Name && !file.EndsWith(Path.DirectorySeparatorChar + source.Name, StringComparison.Ordinal);
        var place = isLoaded ? file! : source.Name;
        if (line > 0)
            place += $", line {line + (isLoaded ? 0 : source.LinesBefore)}";
        return new CellFrame(call is null ? place : $"{call} in {place}", submission, isLoaded ? 0 : line);
    }

    // A state machine's or lambda's name holds that of the method it was made from.
    private static string Name(MethodBase method)
    {
        var type = method.DeclaringType;
        if (method.Name == "MoveNext" && type is not null && StateMachine().Match(type.Name) is { Success: true } machine)
            return LocalFunction().Match(machine.Groups[1].Value) is { Success: true } function ? function.Groups[1].Value : machine.Groups[1].Value;
        if (LocalFunction().Match(method.Name) is { Success: true } local)
            return local.Groups[1].Value;
        if (Lambda().Match(method.Name) is { Success: true } lambda)
            return Submission.IsInitializer(lambda.Groups[1].Value) ? "lambda" : $"lambda in {lambda.Groups[1].Value}";
        return method.Name;
    }

    private static string Signature(MethodBase method, string name)
    {
        if (name.StartsWith("lambda", StringComparison.Ordinal))
            return name;
        var type = method.DeclaringType;
        while (type is { DeclaringType: { } outer } && type.Name.StartsWith('<'))
            type = outer;
        var owner = type is null || type.Name == ScriptText.ClassName || type.Name.StartsWith('<') ? "" : TypeName(type) + ".";
        if (method is ConstructorInfo)
            return $"new {owner.TrimEnd('.')}({Parameters(method)})";
        return method.Name == "MoveNext" ? $"{owner}{name}()" : $"{owner}{name}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{TypeName(parameter.ParameterType)} {parameter.Name}"));

    private static string TypeName(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>"
        : type.Name;

    // What carries a call or an await from one place to the next says nothing to the reader.
    private static bool IsHidden(MethodBase method)
    {
        var space = method.DeclaringType?.Namespace ?? "";
        return method.IsDefined(typeof(StackTraceHiddenAttribute)) || method.DeclaringType?.IsDefined(typeof(StackTraceHiddenAttribute)) == true
            || space is "System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices" or "Cde.Kernels.Cells" || space.StartsWith("Cde.Kernels.Languages.CSharp", StringComparison.Ordinal)
            || (!method.DeclaringType!.IsVisible && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal)))
            || (space is "System.Threading" or "System.Threading.Tasks" && method.DeclaringType.Name is "ExecutionContext" or "ThreadPoolWorkQueue");
    }

    [GeneratedRegex(@"^<(.+)>d(__\d+.*)?$")]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"^<.+>g__(.+?)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"^<(.+)>b__")]
    private static partial Regex Lambda();
}
