using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>
/// The formatters that a type brings by an attribute named <c>TypeFormatterSourceAttribute</c>. Everything is matched by name, so a library
/// shows its types well in notebooks without a reference to us: the attribute's first argument is a type with a parameterless constructor
/// and <c>CreateTypeFormatters()</c>, whose items have <c>MimeType</c> and <c>bool Format(object, TextWriter)</c>.
/// </summary>
internal sealed class FormatterSource
{
    private const string AttributeName = "TypeFormatterSourceAttribute";
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static readonly ConditionalWeakTable<Type, FormatterSource> Known = [];

    private FormatterSource(Type type)
    {
        var preferred = new List<string>();
        var formatters = new List<RegisteredFormatter>();
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            foreach (var attribute in at.GetCustomAttributesData().Where(data => data.AttributeType.Name == AttributeName))
            {
                formatters.InsertRange(0, Make(at, attribute));
                if (preferred.Count == 0)
                    preferred.AddRange(Names(attribute));
            }
        }

        (Formatters, Preferred) = (formatters, preferred.Count > 0 ? preferred : null);
    }

    /// <summary>The formatters, those of base types first.</summary>
    public IReadOnlyList<RegisteredFormatter> Formatters { get; }

    /// <summary>The media types that the type is to be shown in; null where it does not say.</summary>
    public IReadOnlyList<string>? Preferred { get; }

    /// <summary>What a type brings; nothing for most.</summary>
    public static FormatterSource Of(Type type) => Known.GetValue(type, static type => new FormatterSource(type));

    private static IEnumerable<string> Names(CustomAttributeData attribute) => attribute.NamedArguments
        .Where(argument => argument.MemberName == "PreferredMimeTypes")
        .SelectMany(argument => argument.TypedValue.Value as IEnumerable<CustomAttributeTypedArgument> ?? [])
        .Select(argument => argument.Value).OfType<string>();

    private static List<RegisteredFormatter> Make(Type type, CustomAttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: Type sourceType }, ..])
            return [];
        var source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        if (sourceType.GetMethod("CreateTypeFormatters", Any, []) is not { } create || create.Invoke(source, null) is not IEnumerable made)
            throw new CdeException($"{TypeName.Of(sourceType)}, the formatter source of {TypeName.Of(type)}, has no CreateTypeFormatters() that returns formatters");
        return [.. made.Cast<object>().Select(formatter => Wrap(type, formatter))];
    }

    private static RegisteredFormatter Wrap(Type type, object formatter)
    {
        var shape = formatter.GetType();
        var mimeType = shape.GetProperty("MimeType", Any)?.GetValue(formatter) as string;
        var format = shape.GetMethod("Format", Any, [typeof(object), typeof(TextWriter)]);
        if (mimeType is null || format is null || format.ReturnType != typeof(bool))
            throw new CdeException($"{TypeName.Of(shape)}, a formatter of {TypeName.Of(type)}, needs a text MimeType and bool Format(object, TextWriter)");
        return new RegisteredFormatter(type, mimeType, (value, writer) =>
            (bool)format.Invoke(formatter, BindingFlags.DoNotWrapExceptions, null, [value, writer], null)!);
    }
}
