using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cde.Workbench.Mining;

/// <summary>What a person decided about a mined negative.</summary>
public enum ReviewDecision
{
    /// <summary>It does not answer the query: keep it, whatever its score.</summary>
    Accept,

    /// <summary>It answers the query: never take it as a negative.</summary>
    Reject,
}

/// <summary>
/// Decisions about mined negatives, kept as data: JSON lines of query text, document text and decision, so that they hold for every later run on these texts. A later decision on the same two
/// takes the place of an earlier one.
/// </summary>
public sealed class ReviewDecisions
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<(int Query, int Row), ReviewDecision> _decisions = [];

    private ReviewDecisions()
    {
    }

    /// <summary>No decisions.</summary>
    public static ReviewDecisions None { get; } = new();

    /// <summary>How many queries and documents are decided on.</summary>
    public int Count => _decisions.Count;

    /// <summary>The decision on a query and a document; null where there is none.</summary>
    public ReviewDecision? Of(int query, int row) => _decisions.TryGetValue((query, row), out var decision) ? decision : null;

    /// <summary>Reads the decisions of a file that are about this data; none where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The data they are about. Decisions on queries and documents that it lacks are left alone.</param>
    /// <exception cref="CdeException">A line is malformed, or not one of the decisions is about this data.</exception>
    public static ReviewDecisions Read(string path, MiningData data)
    {
        if (!File.Exists(path))
            return None;
        var queries = data.Queries.Select((query, place) => (query.Text, place)).ToDictionary(pair => pair.Text, pair => pair.place, StringComparer.Ordinal);
        var rows = data.Pool.Select((text, row) => (text, row)).ToDictionary(pair => pair.text, pair => pair.row, StringComparer.Ordinal);
        var (decisions, line) = (new ReviewDecisions(), 0);
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (text.Length == 0)
                continue;
            var entry = Parse(path, line, text);
            if (queries.TryGetValue(entry.Query, out var query) && rows.TryGetValue(entry.Document, out var row))
                decisions._decisions[(query, row)] = entry.Decision;
        }

        return line == 0 || decisions.Count > 0
            ? decisions
            : throw new CdeException($"{path}: none of its {line} decisions is about this data; it is the review of another run: name that run's file, or a new one");
    }

    /// <summary>Adds decisions to a file; it is made where missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The data they are about.</param>
    /// <param name="decided">Query, row of the pool, and decision.</param>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public static void Append(string path, MiningData data, IEnumerable<(int Query, int Row, ReviewDecision Decision)> decided)
    {
        var text = new StringBuilder(File.Exists(path) ? File.ReadAllText(path) : "");
        if (text.Length > 0 && text[^1] != '\n')
            text.Append('\n');
        foreach (var (query, row, decision) in decided)
            text.Append(JsonSerializer.Serialize(new Entry(data.Queries[query].Text, data.Pool[row], decision), Json)).Append('\n');
        AtomicFile.WriteAllText(path, text.ToString());
    }

    private static Entry Parse(string path, int line, string text)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<Entry>(text, Json);
            return entry is { Query: not null, Document: not null }
                ? entry
                : throw new CdeException($"{path} line {line}: fields query, document and decision are expected");
        }
        catch (JsonException error)
        {
            throw new CdeException($"{path} line {line}: expected query, document and decision (accept or reject): {error.Message.Split('.')[0]}", error);
        }
    }

    private sealed record Entry(string Query, string Document, [property: JsonRequired] ReviewDecision Decision);
}
