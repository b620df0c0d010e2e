using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Workbench.Figures;

/// <summary>A figure as Plotly's JSON: traces, layout, configuration (plotly.js 3, "Plotly JSON chart schema").</summary>
internal sealed class PlotlyFigure
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    private readonly JsonArray _traces = [];

    /// <summary>An empty figure.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="note">A line under the title; may be empty.</param>
    public PlotlyFigure(string title, string note = "")
    {
        var head = new JsonObject { ["text"] = Escape(title) };
        if (note.Length > 0)
            head["subtitle"] = new JsonObject { ["text"] = Escape(note) };
        Layout["title"] = head;
        Layout["template"] = new JsonObject { ["layout"] = new JsonObject { ["colorway"] = Array(Enumerable.Range(0, Palette.Count).Select(Palette.Colour)) } };
        Layout["hovermode"] = "closest";
    }

    /// <summary>The layout.</summary>
    public JsonObject Layout { get; } = [];

    /// <summary>Adds a trace.</summary>
    public void Add(JsonObject trace) => _traces.Add(trace);

    /// <summary>An axis with its title.</summary>
    public static JsonObject Axis(string title) => new() { ["title"] = new JsonObject { ["text"] = Escape(title) }, ["zeroline"] = false };

    /// <summary>An axis of named places: places are numbers, so that equal names stay apart.</summary>
    public static JsonObject NamedAxis(IReadOnlyList<string> names, string title)
    {
        var axis = Axis(title);
        axis["automargin"] = true;
        axis["tickmode"] = "array";
        axis["tickvals"] = Array(Enumerable.Range(0, names.Count));
        axis["ticktext"] = Array(names.Select(name => Escape(TextWidth.Cut(name, 12, 240))));
        return axis;
    }

    /// <summary>Values as a JSON array; what is not finite as null.</summary>
    public static JsonArray Array<T>(IEnumerable<T> values) => [.. values.Select(value => value switch
    {
        double number when !double.IsFinite(number) => null,
        float number when !float.IsFinite(number) => null,
        _ => (JsonNode?)JsonValue.Create(value),
    })];

    /// <summary>A text in which Plotly finds no markup; line breaks are kept.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);

    /// <summary>The JSON object, with nothing in it that could end a script element.</summary>
    public override string ToString() =>
        new JsonObject { ["data"] = _traces.DeepClone(), ["layout"] = Layout.DeepClone(), ["config"] = new JsonObject { ["responsive"] = true } }.ToJsonString(Options);
}
