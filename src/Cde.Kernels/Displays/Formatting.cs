using System.Text.Json;
using System.Text.Json.Serialization;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Figures;

namespace Cde.Kernels.Displays;

/// <summary>The formatting of one value: described once at most, drawn in as many forms as are asked for.</summary>
/// <param name="value">The value.</param>
/// <param name="limits">How much of it is shown.</param>
internal sealed class Formatting(object? value, DisplayLimits limits)
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private Node? _node;

    private Node Node => _node ??= new Description(limits, new Budget(TimeProvider.System)).Whole(value);

    /// <summary>The value in plain text and the given forms.</summary>
    public static MimeBundle Bundle(object? value, IReadOnlyList<string> mimeTypes, DisplayLimits limits)
    {
        var formatting = new Formatting(value, limits);
        IReadOnlyList<string> forms = mimeTypes.Count > 0 ? mimeTypes : Formatter.GetPreferredMimeTypesFor(value?.GetType());
        if (forms.Contains(MimeBundle.Html) && forms.Contains(MimeTypes.Json))
            throw new CdeException($"{MimeBundle.Html} and {MimeTypes.Json} do not go in one display: JupyterLab would show the JSON alone; name one of them");
        var bundle = new MimeBundle(formatting.Form(MimeBundle.PlainText));
        foreach (var form in forms.Where(form => form != MimeBundle.PlainText))
            bundle.With(form, formatting.Form(form));
        return value is Image image && mimeTypes.Count == 0 ? bundle.With(image.MimeType, image.ToBase64()) : bundle;
    }

    /// <summary>The value in one form.</summary>
    /// <exception cref="CdeException">There is no formatter for it.</exception>
    public string Form(string mimeType)
    {
        if (value is not null && FormatterRegistry.Instance.Find(value.GetType(), mimeType)?.TryFormat(value) is { } registered)
            return registered;
        return mimeType switch
        {
            MimeBundle.PlainText => NodeText.Render(Node, limits.Items),
            MimeBundle.Html => HtmlWriter.Fragment(Node, limits.Items),
            _ => Special(mimeType),
        };
    }

    private string Special(string mimeType) => value switch
    {
        // A text is taken as it is: it says itself what it is.
        string text => text,
        Figure figure when mimeType == MimeTypes.Svg => figure.ToSvg(),
        Figure figure when mimeType == MimeTypes.Plotly => figure.ToPlotlyJson(),
        Svg svg when mimeType == MimeTypes.Svg => svg.Markup,
        MarkdownText markdown when mimeType == MimeTypes.Markdown => markdown.Source,
        Image image when mimeType == image.MimeType => image.ToBase64(),
        _ when mimeType == MimeTypes.Json => ToJson(),
        _ => throw new CdeException($"there is no formatter of {(value is null ? "null" : TypeName.Of(value.GetType()))} for {mimeType}; Formatter.Register adds one"),
    };

    private string ToJson()
    {
        try
        {
            return JsonSerializer.Serialize(value, JsonOptions);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new CdeException($"{TypeName.Of(value!.GetType())} cannot be written as JSON: {exception.Message}", exception);
        }
    }
}
