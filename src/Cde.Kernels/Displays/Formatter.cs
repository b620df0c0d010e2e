using System.Globalization;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>
/// How values look in notebooks. Cells add formatters of their own here; everything has a form without them. Safe to use from several threads.
/// </summary>
/// <remarks>
/// The shape is .NET Interactive's. Of several formatters that take a value the one for the most specific type is used: its class, then base
/// classes, then interfaces, then <c>object</c>; among equals the latest. A registered formatter comes before a type's own.
/// </remarks>
public static class Formatter
{
    /// <summary>How many items of a sequence are shown where nothing else is set.</summary>
    public const int DefaultListExpansionLimit = 20;

    /// <summary>How many levels of values inside values are shown where nothing else is set.</summary>
    public const int DefaultRecursionLimit = 6;

    private static int _items = DefaultListExpansionLimit;
    private static int _depth = DefaultRecursionLimit;

    /// <summary>
    /// Items that are shown of a sequence inside another value, and rows on a page of a table. A sequence that is shown itself has up to ten
    /// pages. <value>From 1; 20 by default.</value>
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1 or above 10,000.</exception>
    public static int ListExpansionLimit
    {
        get => _items;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10_000);
            _items = value;
        }
    }

    /// <summary>Levels of values inside values; what lies deeper is named alone. <value>From 0; 6 by default.</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 50.</exception>
    public static int RecursionLimit
    {
        get => _depth;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 50);
            _depth = value;
        }
    }

    /// <summary>The media type that values are shown in, beside <c>text/plain</c>, where nothing else is set. <value><c>text/html</c> by default.</value></summary>
    public static string DefaultMimeType { get; set; } = MimeBundle.Html;

    /// <summary>What stands for null. <value><c>null</c> by default.</value></summary>
    public static string NullString { get; set; } = "null";

    /// <summary>Adds a formatter for a type and all that derive from it.</summary>
    /// <param name="formatter">Makes the form; as HTML it escapes what it inserts (<see cref="Html.Encode"/>).</param>
    /// <param name="mimeType">The form. Default: <c>text/plain</c>.</param>
    public static void Register<T>(Func<T, string> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(typeof(T), mimeType, (value, writer) => writer.Write(formatter((T)value)));

    /// <inheritdoc cref="Register{T}(Func{T, string}, string)"/>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(typeof(T), mimeType, (value, writer) => formatter((T)value, writer));

    /// <summary>Adds a formatter for a type and all that derive from it, or for every type that an open generic type such as <c>typeof(List&lt;&gt;)</c> closes to.</summary>
    /// <param name="type">The type.</param>
    /// <param name="formatter">Makes the form; as HTML it escapes what it inserts (<see cref="Html.Encode"/>).</param>
    /// <param name="mimeType">The form. Default: <c>text/plain</c>.</param>
    public static void Register(Type type, Func<object, string> formatter, string mimeType = MimeBundle.PlainText) =>
        Add(type, mimeType, (value, writer) => writer.Write(formatter(value)));

    /// <inheritdoc cref="Register(Type, Func{object, string}, string)"/>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = MimeBundle.PlainText) => Add(type, mimeType, formatter);

    /// <summary>Says in which media types values of a type are shown, in place of <see cref="DefaultMimeType"/>. <c>text/plain</c> is always among them.</summary>
    /// <param name="type">The type, a base type, an interface or an open generic type.</param>
    /// <param name="preferredMimeTypes">The media types.</param>
    /// <exception cref="CdeException"><c>text/html</c> and <c>application/json</c> are both named: JupyterLab would show the JSON.</exception>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        if (preferredMimeTypes.Contains(MimeBundle.Html) && preferredMimeTypes.Contains(MimeTypes.Json))
            throw new CdeException($"{TypeName.Of(type)} cannot be shown as {MimeBundle.Html} and {MimeTypes.Json} at once: JupyterLab would show the JSON alone; name one of them");
        FormatterRegistry.Instance.Prefer(type, [.. preferredMimeTypes]);
    }

    /// <summary>The media types that values of a type are shown in, beside <c>text/plain</c>.</summary>
    public static IReadOnlyList<string> GetPreferredMimeTypesFor(Type? type) =>
        (type is null ? null : FormatterRegistry.Instance.PreferredFor(type)) ?? (type == typeof(Image) ? [] : [DefaultMimeType]);

    /// <summary>Forgets every registered formatter and setting. What types say of themselves stays.</summary>
    public static void ResetToDefault()
    {
        FormatterRegistry.Instance.Clear();
        (ListExpansionLimit, RecursionLimit) = (DefaultListExpansionLimit, DefaultRecursionLimit);
        (DefaultMimeType, NullString) = (MimeBundle.Html, "null");
    }

    /// <summary>A value in every form that front ends show.</summary>
    /// <param name="value">The value; sequences are read and properties called once, within limits of number and time.</param>
    /// <param name="mimeTypes">The forms beside <c>text/plain</c>; those of the type where none is named.</param>
    /// <exception cref="CdeException">There is no formatter for one of the forms.</exception>
    public static MimeBundle Format(object? value, params IReadOnlyList<string> mimeTypes) => Formatting.Bundle(value, mimeTypes, DisplayLimits.Current);

    /// <summary>A value in one form.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeType">The form. Default: <c>text/plain</c>.</param>
    /// <exception cref="CdeException">There is no formatter for the form.</exception>
    public static string ToDisplayString(this object? value, string mimeType = MimeBundle.PlainText) => new Formatting(value, DisplayLimits.Current).Form(mimeType);

    private static void Add(Type type, string mimeType, Action<object, TextWriter> write)
    {
        if (!MimeTypes.IsWellFormed(mimeType))
            throw new CdeException(string.Create(CultureInfo.InvariantCulture, $"\"{mimeType}\" is no media type: two words with a slash between, such as text/html"));
        FormatterRegistry.Instance.Add(new RegisteredFormatter(type, mimeType, (value, writer) =>
        {
            write(value, writer);
            return true;
        }));
    }
}
