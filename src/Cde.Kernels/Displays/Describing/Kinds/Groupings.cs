using System.Collections;
using System.Reflection;

namespace Cde.Kernels.Displays;

/// <summary>Groups as LINQ makes them: the key and what belongs to it, so that grouped sequences are tables with a row for each group.</summary>
internal static class Groupings
{
    /// <summary>The group; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        if (value is not IEnumerable items || at.IsDeepest)
            return null;
        var face = value.GetType().GetInterfaces().FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IGrouping<,>));
        if (face is null)
            return null;
        var key = at.Part(face.GetProperty("Key")!.GetValue(value, BindingFlags.DoNotWrapExceptions, null, null, null), 2);
        var parts = new[] { new Field("Key", key), new Field("Items", at.Part(new Members(items))) };
        return new Fields(TypeName.Of(face), Objects.Preview(parts), parts);
    }

    /// <summary>The items alone, so that they are not taken for the group again.</summary>
    private sealed class Members(IEnumerable items) : IEnumerable
    {
        public IEnumerator GetEnumerator() => items.GetEnumerator();
    }
}
