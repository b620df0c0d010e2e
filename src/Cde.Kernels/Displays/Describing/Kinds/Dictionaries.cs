using System.Collections;
using System.Reflection;

namespace Cde.Kernels.Displays;

/// <summary>Dictionaries: keys and values side by side; in a sequence, dictionaries with text keys are rows with named columns.</summary>
internal static class Dictionaries
{
    /// <summary>The dictionary; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        if (!IsDictionary(value, out var pairs))
            return null;
        var name = TypeName.Of(value.GetType());
        if (at.IsDeepest)
            return new Leaf(name, LeafKind.Muted);
        var items = Items.Read(pairs, at);
        var rows = new List<Node?[]>(items.Values.Count);
        foreach (var item in items.Values)
        {
            using var share = at.Budget.ForOneOf(items.Values.Count - rows.Count);
            var (key, content) = Pair(item!);
            rows.Add([at.Part(key, 2), at.Part(content)]);
        }

        return new Grid(["key", "value"], rows) { Title = items.Title(name), Note = items.Note(at) };
    }

    /// <summary>A dictionary with text keys as a thing with named parts; null for anything else.</summary>
    public static Fields? Row(object? value, Description at, int left)
    {
        if (value is null || at.IsDeepest || !IsDictionary(value, out var pairs) || !HasTextKeys(value))
            return null;
        using var share = at.Budget.ForOneOf(left);
        var items = Items.Read(pairs, at);
        var parts = new List<Field>(items.Values.Count);
        foreach (var item in items.Values)
        {
            var (key, content) = Pair(item!);
            parts.Add(new Field((string?)key ?? "null", at.Part(content, items.Values.Count - parts.Count)));
        }

        return new Fields(TypeName.Of(value.GetType()), Objects.Preview(parts), parts, items.Note(at));
    }

    private static bool IsDictionary(object value, out IEnumerable pairs)
    {
        pairs = value as IEnumerable ?? Array.Empty<object>();
        return value is IDictionary || (value is IEnumerable && value.GetType().GetInterfaces().Any(face => face.IsGenericType
            && (face.GetGenericTypeDefinition() == typeof(IDictionary<,>) || face.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))));
    }

    private static bool HasTextKeys(object value) => value.GetType().GetInterfaces().Any(face => face.IsGenericType
        && (face.GetGenericTypeDefinition() == typeof(IDictionary<,>) || face.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        && face.GetGenericArguments()[0] == typeof(string));

    private static (object? Key, object? Value) Pair(object pair)
    {
        if (pair is DictionaryEntry entry)
            return (entry.Key, entry.Value);
        var type = pair.GetType();
        return (Read("Key"), Read("Value"));

        object? Read(string name) => type.GetProperty(name)?.GetValue(pair, BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}
