using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Cde.Kernels.Displays;

/// <summary>Values without parts, written the same way everywhere: invariant culture, ISO dates, C# names of types.</summary>
internal static class Scalars
{
    /// <summary>The leaf of a value without parts; null where it has parts.</summary>
    public static Leaf? Of(object value)
    {
        var type = value.GetType();
        return type.IsEnum ? Other(value) : Type.GetTypeCode(type) switch
        {
            TypeCode.String => new Leaf((string)value),
            TypeCode.Boolean or TypeCode.Char => new Leaf(value.ToString()!, LeafKind.Word),
            >= TypeCode.SByte and <= TypeCode.Decimal => Number((IFormattable)value),
            // Apart, so that the first number shown does not load the assemblies of every kind below.
            _ => Other(value),
        };
    }

    private static Leaf? Other(object value) => value switch
    {
        Rune => new Leaf(value.ToString()!, LeafKind.Word),
        Enum member => new Leaf(member.ToString(), LeafKind.Word, Number(member.ToString("D"))),
        DateTime time => new Leaf(Text(time), LeafKind.Word, (double)time.Ticks),
        DateTimeOffset time => new Leaf($"{Text(time.DateTime)} {time.ToString("zzz", CultureInfo.InvariantCulture)}", LeafKind.Word, (double)time.UtcTicks),
        DateOnly date => new Leaf(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), LeafKind.Word),
        TimeOnly time => new Leaf(time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture), LeafKind.Word),
        TimeSpan span => new Leaf(span.ToString("c", CultureInfo.InvariantCulture), LeafKind.Number, (double)span.Ticks),
        Type type => new Leaf(TypeName.Of(type), LeafKind.Word),
        Delegate method => new Leaf(TypeName.Of(method.GetType()), LeafKind.Word),
        FileSystemInfo file => new Leaf(file.FullName),
        Guid or Uri or Version or StringBuilder or Regex or XObject or CultureInfo => new Leaf(value.ToString() ?? ""),
        CancellationToken token => new Leaf(token.IsCancellationRequested ? "cancelled" : "not cancelled", LeafKind.Word),
        Thread thread => new Leaf($"thread {thread.Name ?? thread.ManagedThreadId.ToString(CultureInfo.InvariantCulture)}", LeafKind.Word),
        Encoding encoding => new Leaf(encoding.WebName, LeafKind.Word),
        Pointer or MemberInfo or Assembly or Module or ParameterInfo or AppDomain or WaitHandle => new Leaf(value.ToString() ?? "", LeafKind.Word),
        IFormattable formattable when value.GetType().IsValueType => OfFormattable(formattable),
        IFormattable formattable => new Leaf(formattable.ToString(null, CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>A text that is shown itself, with its lines.</summary>
    public static Node Lines(string text, Description at)
    {
        var shown = at.Budget.Take(text, Budget.MaxCharacters);
        var lines = new Leaf(shown, LeafKind.Lines);
        return shown.Length == text.Length
            ? lines
            : new Stack(lines, new Leaf($"the first {Shown.Count(shown.Length)} of {Shown.Count(text.Length)} characters", LeafKind.Muted));
    }

    private static Leaf OfFormattable(IFormattable value)
    {
        var isNumber = value.GetType().GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(INumberBase<>));
        return isNumber ? Number(value) : new Leaf(value.ToString(null, CultureInfo.InvariantCulture), LeafKind.Word);
    }

    private static Leaf Number(IFormattable value)
    {
        var text = value.ToString(null, CultureInfo.InvariantCulture);
        return new Leaf(text, LeafKind.Number, Number(text));
    }

    private static object? Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(DateTime time) => time.ToString(
        time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
