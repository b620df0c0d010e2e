using System.Collections;
using System.Reflection;

namespace Cde.Kernels.Displays;

/// <summary>The first items of a sequence, read with a limit on their number and on the time.</summary>
/// <param name="Values">The items.</param>
/// <param name="Total">How many there are; null where counting would mean reading them.</param>
/// <param name="Ending">Why reading stopped before the end.</param>
/// <param name="Failure">What the sequence threw.</param>
internal sealed record Items(IReadOnlyList<object?> Values, long? Total, ItemsEnding Ending, Exception? Failure = null)
{
    /// <summary>Reads no more items than are shown here, and one to know whether there are more.</summary>
    public static Items Read(IEnumerable sequence, Description at)
    {
        var values = new List<object?>();
        try
        {
            var total = CountOf(sequence);
            var enumerator = sequence.GetEnumerator();
            try
            {
                while (true)
                {
                    if (!at.Budget.HasTimeForItems)
                        return new Items(values, total, ItemsEnding.Time);
                    if (values.Count == at.ItemLimit && total is not null)
                        return new Items(values, total, total > values.Count ? ItemsEnding.Limit : ItemsEnding.End);
                    if (!enumerator.MoveNext())
                        return new Items(values, values.Count, ItemsEnding.End);
                    if (values.Count == at.ItemLimit)
                        return new Items(values, null, ItemsEnding.Limit);
                    values.Add(enumerator.Current);
                }
            }
            finally
            {
                (enumerator as IDisposable)?.Dispose();
            }
        }
        catch (Exception exception) when (!Interruption.Is(exception))
        {
            return new Items(values, null, ItemsEnding.Failure, exception);
        }
    }

    /// <summary>How many there are where that matters, and what was left out; empty where all is seen at a glance.</summary>
    public string Note(Description at) => Ending switch
    {
        ItemsEnding.Limit when Total is { } total => $"the first {Shown.Count(Values.Count)} of {Shown.Count(total)}",
        ItemsEnding.Limit => $"the first {Shown.Count(Values.Count)}; there are more",
        ItemsEnding.Time => $"the first {Shown.Count(Values.Count)}; reading stopped after {Budget.MaxItemTime.TotalSeconds:0} s",
        ItemsEnding.Failure => $"the first {Shown.Count(Values.Count)}; then {Exceptions.Line(Failure!).Text}",
        _ => "",
    };

    /// <summary>The name of a sequence with its count: <c>Document[], 3 items</c>.</summary>
    public string Title(string name) => Total switch
    {
        1 => $"{name}, 1 item",
        { } total => $"{name}, {Shown.Count(total)} items",
        null => name,
    };

    /// <summary>What a compiler-made sequence is called: by its items.</summary>
    public static string SequenceName(Type type) =>
        type.GetInterfaces().FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>)) is { } face
            ? TypeName.Of(face)
            : nameof(IEnumerable);

    /// <summary>How many items a collection says it has; null for a sequence that would have to be read.</summary>
    private static long? CountOf(IEnumerable sequence)
    {
        if (sequence is Array array)
            return array.LongLength;
        if (sequence is ICollection collection)
            return collection.Count;
        var counted = sequence.GetType().GetInterfaces().FirstOrDefault(face =>
            face.IsGenericType && (face.GetGenericTypeDefinition() == typeof(ICollection<>) || face.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>)));
        return (int?)counted?.GetProperty("Count")!.GetValue(sequence, BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}

/// <summary>Why the reading of a sequence ended.</summary>
internal enum ItemsEnding
{
    /// <summary>There are no more.</summary>
    End,

    /// <summary>Enough are shown.</summary>
    Limit,

    /// <summary>The time was up.</summary>
    Time,

    /// <summary>The sequence threw.</summary>
    Failure,
}
