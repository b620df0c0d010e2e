using System.Globalization;
using System.Runtime.CompilerServices;

namespace Cde.Kernels.Displays;

/// <summary>Tuples of both kinds. Their items have numbers: the names that a cell gives them exist only for its compiler.</summary>
internal static class Tuples
{
    /// <summary>The tuple; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        if (value is not ITuple tuple)
            return null;
        if (at.IsDeepest)
            return new Leaf(TypeName.Of(value.GetType()), LeafKind.Muted);
        var parts = new List<Field>(tuple.Length);
        for (var i = 0; i < tuple.Length; i++)
            parts.Add(new Field(string.Create(CultureInfo.InvariantCulture, $"Item{i + 1}"), at.Part(tuple[i], tuple.Length - i)));
        return new Fields(TypeName.Of(value.GetType()), Objects.Preview(parts), parts);
    }
}
