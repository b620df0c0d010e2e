using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Cde.Kernels.Displays;
using Cde.Workbench;

namespace Cde.Kernels.Notebooks;

/// <summary>Reads .ipynb files of nbformat 4.</summary>
public static class IpynbReader
{
    /// <summary>The deepest nesting that is read. Jupyter's own files need some twenty levels, figures in them a few more.</summary>
    public const int MaxDepth = 256;

    /// <summary>Reads a notebook.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="CdeException">It is not JSON (with line and byte), or breaks a rule of nbformat (with the cell).</exception>
    public static NotebookDocument Read(ReadOnlySpan<byte> json, string name)
    {
        if (json.StartsWith("\ufeff"u8))
            json = json[3..];
        var root = IpynbRules.Check(Parse(json, name), name);
        var cells = (JsonArray)root["cells"]!;
        var found = cells.Cast<JsonObject>().ToList();
        cells.Clear();
        root["cells"] = null;
        var notebook = new NotebookDocument(root) { Layout = JsonLayout.Detect(json) };
        notebook.Cells.AddRange(found.Select(cell => new NotebookCell(cell)));
        return notebook;
    }

    private static JsonNode? Parse(ReadOnlySpan<byte> json, string name)
    {
        if (json.IsEmpty)
            throw new CdeException($"{name}: the file is empty");
        if (!Utf8.IsValid(json))
            throw new CdeException($"{name} {Place(json, InvalidAt(json))}: not UTF-8; save the file as UTF-8");
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
            var node = JsonNode.Parse(json, documentOptions: options);
            CheckTexts(node);
            return node;
        }
        catch (JsonException fault) when (fault.LineNumber is null)
        {
            var (key, at) = FirstDuplicate(json);
            throw new CdeException($"{name} {Place(json, at)}: the key {key} stands a second time in its object", fault);
        }
        catch (JsonException fault)
        {
            throw new CdeException($"{name} line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: {Reason(fault, json)}", fault);
        }
        catch (InvalidOperationException fault)
        {
            // A key with half a surrogate pair, which no text in memory can hold.
            throw new CdeException($"{name}: a key is not a text: half of a surrogate pair is written alone", fault);
        }
    }

    /// <summary>Objects are read when they are first looked into: doing it here keeps what is wrong with them in one place.</summary>
    private static void CheckTexts(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            foreach (var (_, value) in map)
                CheckTexts(value);
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
                CheckTexts(item);
        }
    }

    private static string Reason(JsonException fault, ReadOnlySpan<byte> json)
    {
        var reason = fault.Message;
        foreach (var end in (string[])[" Path: ", " LineNumber: "])
            reason = reason.Split(end)[0];
        if (reason.Contains("maximum configured depth", StringComparison.Ordinal))
            return $"nested deeper than {MaxDepth} levels, which no notebook is";
        var isAtEnd = fault.LineNumber == json.Count((byte)'\n') && fault.BytePositionInLine >= json.Length - (json.LastIndexOf((byte)'\n') + 1);
        return isAtEnd ? "the file ends in the middle (cut off while it was written or copied?)" : $"not JSON: {Shown.Shorten(reason.TrimEnd('.'), 160)}";
    }

    /// <summary>Where the first byte stands that belongs to no character.</summary>
    private static int InvalidAt(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(json[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        return at;
    }

    /// <summary>The first key that its object already has, as the file writes it, and where it stands.</summary>
    private static (string Key, int At) FirstDuplicate(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                open.Push(new HashSet<string>(StringComparer.Ordinal));
            else if (reader.TokenType == JsonTokenType.EndObject)
                open.Pop();
            else if (reader.TokenType == JsonTokenType.PropertyName && !open.Peek().Add(reader.GetString()!))
                return ($"\"{Encoding.UTF8.GetString(reader.ValueSpan)}\"", (int)reader.TokenStartIndex);
        }

        return ("", 0);
    }

    private static string Place(ReadOnlySpan<byte> json, int at) =>
        $"line {json[..at].Count((byte)'\n') + 1}, byte {at - json[..at].LastIndexOf((byte)'\n')}";
}
