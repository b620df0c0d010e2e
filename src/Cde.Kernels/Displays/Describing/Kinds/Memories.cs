using System.Reflection;

namespace Cde.Kernels.Displays;

/// <summary><see cref="Memory{T}"/> and <see cref="ReadOnlyMemory{T}"/> as the sequences they hold.</summary>
internal static class Memories
{
    private static readonly MethodInfo Convert = typeof(Memories).GetMethod(nameof(FirstOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The memory; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        if (value is ReadOnlyMemory<char> or Memory<char>)
            return at.Text(value.ToString()!);
        var type = value.GetType();
        if (!type.IsGenericType || (type.GetGenericTypeDefinition() is var open && open != typeof(Memory<>) && open != typeof(ReadOnlyMemory<>)))
            return null;
        // A Memory is cast to a ReadOnlyMemory by the binder of the call, as in C#.
        var read = type.GetGenericTypeDefinition() == typeof(Memory<>)
            ? type.GetMethod("op_Implicit", [type])!.Invoke(null, [value])
            : value;
        return (Node)Convert.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [read, at], null)!;
    }

    private static Node FirstOf<T>(ReadOnlyMemory<T> memory, Description at)
    {
        var items = memory.Span[..Math.Min(memory.Length, at.ItemLimit)].ToArray();
        var nodes = new List<Node>(items.Length);
        foreach (var item in items)
            nodes.Add(at.Part(item, items.Length - nodes.Count));
        var read = new Items([.. items.Cast<object?>()], memory.Length, items.Length < memory.Length ? ItemsEnding.Limit : ItemsEnding.End);
        return Sequences.Arrange(nodes, read.Note(at), read.Title(TypeName.Of(typeof(ReadOnlyMemory<T>))), at);
    }
}
