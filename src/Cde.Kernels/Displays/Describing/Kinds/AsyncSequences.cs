namespace Cde.Kernels.Displays;

/// <summary>Sequences that are awaited item by item: named, never read, because reading one may take for ever.</summary>
internal static class AsyncSequences
{
    /// <summary>What the sequence is; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        if (value is System.Collections.IEnumerable)
            return null;
        var face = value.GetType().GetInterfaces().FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        return face is null ? null : new Leaf($"{TypeName.Of(face)}: not read; \"await foreach\" reads it", LeafKind.Muted);
    }
}
