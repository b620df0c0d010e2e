using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Cde.Workbench.Figures;

/// <summary>A map as a part of a page: of more points than a drawing holds, all are drawn on a canvas.</summary>
internal static class MapHtml
{
    /// <summary>The fragment.</summary>
    public static string Of(MapContent content)
    {
        var drawing = new MapDrawing(content);
        return content.IsSmall
            ? FigureHtml.Of(drawing.ToSvg(), ["zoom", "map"])
            : FigureHtml.Of(drawing.ToSvg(), ["zoom", "map", "canvas"], Data(content, drawing.Frame));
    }

    // Places in pixels of the plot (points, 2) float32, groups (points) int16, texts as packed lines; in the order in which they are drawn.
    private static string Data(MapContent content, MapFrame frame)
    {
        var rank = content.Groups.ToDictionary(group => group.Index, group => group.Points);
        int[] order = [.. Enumerable.Range(0, content.Count).OrderBy(point => content.GroupOf(point) >= 0).ThenByDescending(point => rank[content.GroupOf(point)]).ThenBy(content.GroupOf)];
        var places = new float[2 * order.Length];
        for (var i = 0; i < order.Length; i++)
            (places[2 * i], places[(2 * i) + 1]) = ((float)frame.X(content.Map.X[order[i]]), (float)frame.Y(content.Map.Y[order[i]]));
        short[] groups = [.. order.Select(point => (short)Math.Min(short.MaxValue, content.GroupOf(point)))];
        var names = new string[Math.Min(short.MaxValue, content.Groups.Select(group => group.Index).DefaultIfEmpty(0).Max() + 1)];
        Array.Fill(names, "");
        foreach (var group in content.Groups.Where(group => group.Index >= 0 && group.Index < names.Length))
            names[group.Index] = group.Name;
        var note = string.Join("; ", new[] { content.Map.Note, string.Create(CultureInfo.InvariantCulture, $"{content.Count:N0} points") }.Where(part => part.Length > 0));
        return $"data-places=\"{Base64<float>(places)}\" data-groups=\"{Base64<short>(groups)}\" data-names=\"{SvgWriter.Escape(JsonSerializer.Serialize(names))}\""
            + $" data-noise=\"{SvgWriter.Escape(content.Map.NoiseName)}\" data-colours=\"{Palette.Count}\" data-note=\"{SvgWriter.Escape(note)}\""
            + (content.Map.Ids.Count + content.Map.Texts.Count > 0 ? $" data-texts=\"{Packed(order.Select(point => content.Hint(point).Replace('\n', '\t')))}\"" : "");
    }

    private static string Base64<T>(T[] values)
        where T : unmanaged => Convert.ToBase64String(MemoryMarshal.AsBytes<T>(values));

    private static string Packed(IEnumerable<string> lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var writer = new StreamWriter(gzip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
            writer.Write(string.Join('\n', lines));
        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }
}
