using System.Reflection;

namespace Cde.Kernels.Displays;

/// <summary>Tasks: the result of one that is done, the state of one that is not. Nothing is waited for.</summary>
internal static class Tasks
{
    /// <summary>The task; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        if (value is Task task)
            return Of(task, at);
        var type = value.GetType();
        if (!type.IsGenericType && value is not ValueTask)
            return null;
        if (value is ValueTask || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return new Leaf($"{TypeName.Of(type)}: {(Read<bool>(value, nameof(ValueTask.IsCompleted)) ? "done" : "running")}; await it once", LeafKind.Muted);
        if (type.GetGenericTypeDefinition() != typeof(Lazy<>))
            return null;
        return Read<bool>(value, nameof(Lazy<int>.IsValueCreated))
            ? at.Part(Read<object?>(value, nameof(Lazy<int>.Value)))
            : new Leaf($"{TypeName.Of(type)}: not made yet", LeafKind.Muted);
    }

    private static Node Of(Task task, Description at)
    {
        var result = ResultType(task.GetType());
        var name = result is null ? "Task" : $"Task<{TypeName.Of(result)}>";
        if (task.IsFaulted)
            return new Fields(name, "failed", [new Field("Exception", at.Part(task.Exception!.InnerException ?? task.Exception))]);
        if (task.IsCanceled)
            return new Leaf($"{name}: cancelled", LeafKind.Muted);
        if (!task.IsCompleted)
            return new Leaf($"{name}: {(task.Status == TaskStatus.Created ? "not started" : "running")}", LeafKind.Muted);
        return result is null
            ? new Leaf($"{name}: done", LeafKind.Muted)
            : new Fields(name, "done", [new Field("Result", at.Part(Read<object?>(task, nameof(Task<int>.Result))))]);
    }

    private static Type? ResultType(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
                return type.GetGenericArguments()[0] is { Name: not "VoidTaskResult" } result ? result : null;
        }

        return null;
    }

    private static T? Read<T>(object value, string property) =>
        (T?)value.GetType().GetProperty(property)!.GetValue(value, BindingFlags.DoNotWrapExceptions, null, null, null);
}
