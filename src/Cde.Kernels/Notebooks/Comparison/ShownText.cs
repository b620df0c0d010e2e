using System.Text.Json.Nodes;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Notebooks;

/// <summary>What a cell shows, as text to compare: streams, plain texts of displays and results, errors. Progress is passed over.</summary>
internal static class ShownText
{
    /// <summary>The masked lines of a cell's plain texts.</summary>
    public static IReadOnlyList<string> Plain(JsonArray outputs) => [.. Kept(outputs).SelectMany(output => ComparableText.Lines(Plain(output)))];

    /// <summary>The masked lines of every form that a cell's outputs have, without their numbers.</summary>
    public static IReadOnlyList<string> AllForms(JsonArray outputs) => [.. Kept(outputs).SelectMany(output => ComparableText.MarkupLines(AllForms(output)))];

    private static IEnumerable<JsonObject> Kept(JsonArray outputs) => outputs.OfType<JsonObject>().Where(output => !IsProgress(output));

    private static bool IsProgress(JsonObject output) =>
        output["data"] is JsonObject data && MultilineText.Join(data[MimeBundle.Html]).StartsWith($"<div class=\"{ProgressStage.ClassName}\"", StringComparison.Ordinal);

    private static string Plain(JsonObject output) => output.Text("output_type") switch
    {
        "stream" => MultilineText.Join(output["text"]),
        "error" => $"{output.Text("ename")}: {output.Text("evalue")}",
        _ => PlainForm(output["data"] as JsonObject ?? []),
    };

    /// <summary>What has no text form is at least of the same kind.</summary>
    private static string PlainForm(JsonObject data) =>
        data[MimeBundle.PlainText] is { } text ? MultilineText.Join(text) : string.Join(", ", data.Select(form => form.Key));

    private static string AllForms(JsonObject output) => output["data"] is JsonObject data
        ? string.Join('\n', data.Select(form => $"{form.Key}\n{(form.Value is JsonObject json ? json.ToJsonString() : MultilineText.Join(form.Value))}"))
        : Plain(output);
}
