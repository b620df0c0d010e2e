using System.Reflection;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>A compiled and loaded cell.</summary>
/// <param name="source">Its source.</param>
/// <param name="assembly">Its assembly.</param>
/// <param name="instance">The object whose fields are the cell's variables.</param>
/// <param name="hasValue">Whether it ends with an expression that has a value.</param>
internal sealed class Submission(CellSource source, Assembly assembly, object instance, bool hasValue)
{
    private const string InitializerName = "<Initialize>";

    /// <summary>Its source.</summary>
    public CellSource Source { get; } = source;

    /// <summary>Its assembly.</summary>
    public Assembly Assembly { get; } = assembly;

    /// <summary>The object whose fields are the cell's variables; there from before the cell starts, so that other shells see them live.</summary>
    public object Instance { get; } = instance;

    /// <summary>Whether it ends with an expression that has a value.</summary>
    public bool HasValue { get; } = hasValue;

    /// <summary>The variables it declares, in the order of their declaration. Empty where it declares none.</summary>
    public IReadOnlyList<FieldInfo> Variables { get; init; } = [];

    /// <summary>Runs the cell's statements.</summary>
    /// <returns>The value of its last expression; null where it has none.</returns>
    public Task<object?> RunAsync() =>
        Instance.GetType().GetMethod(InitializerName, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<Task<object?>>>(Instance)();

    /// <summary>Whether a method is the one that holds the cell's statements.</summary>
    public static bool IsInitializer(string methodName) => methodName == InitializerName;
}
