namespace Cde.Kernels.Displays;

/// <summary>How values of a type become one media type, as a user or the type itself says.</summary>
/// <param name="Type">The type, an interface, a base type or an open generic type.</param>
/// <param name="MimeType">The media type.</param>
/// <param name="Write">Writes the value; false where it leaves it to others.</param>
internal sealed record RegisteredFormatter(Type Type, string MimeType, Func<object, TextWriter, bool> Write)
{
    // A formatter that formats the same value again would never end.
    private const int MaxNesting = 24;

    [ThreadStatic]
    private static int _nesting;

    /// <summary>The value's form; null where the formatter leaves it to others. A formatter that fails says so in place of the value.</summary>
    public string? TryFormat(object value)
    {
        if (_nesting >= MaxNesting)
            return null;
        _nesting++;
        try
        {
            using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture) { NewLine = "\n" };
            return Write(value, writer) ? writer.ToString() : null;
        }
        catch (Exception exception) when (!Interruption.Is(exception))
        {
            var line = $"the formatter of {TypeName.Of(Type)} for {MimeType} failed: {Exceptions.Line(exception).Text}";
            return MimeType == Hosting.MimeBundle.Html ? HtmlEscape.Of(line) : line;
        }
        finally
        {
            _nesting--;
        }
    }

    /// <summary>Whether it takes values of a type.</summary>
    public bool Takes(Type type) => Type.IsGenericTypeDefinition ? Closed(type).Any() : Type.IsAssignableFrom(type);

    /// <summary>Whether it says more about a type than another that takes it too.</summary>
    public bool IsMoreSpecificThan(RegisteredFormatter other)
    {
        if (Type == other.Type)
            return false;
        // A class is nearer to a value than an interface; object is the farthest of all.
        if (other.Type == typeof(object))
            return true;
        if (Type == typeof(object))
            return false;
        if (Type.IsInterface != other.Type.IsInterface)
            return other.Type.IsInterface;
        return other.Takes(Type) && !Takes(other.Type);
    }

    private IEnumerable<Type> Closed(Type type)
    {
        var bases = new List<Type>();
        for (var at = type; at is not null; at = at.BaseType)
            bases.Add(at);
        return bases.Concat(type.GetInterfaces()).Where(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == Type);
    }
}
