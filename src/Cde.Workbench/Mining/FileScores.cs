using System.Text.Json;

namespace Cde.Workbench.Mining;

/// <summary>
/// A cross-encoder's scores from a file, as JSON lines: <c>{"query": ..., "document": ..., "score": ...}</c>, or FlagEmbedding's records with <c>pos_scores</c> and <c>neg_scores</c>.
/// </summary>
public sealed class FileScores : ICandidateScores
{
    private readonly MiningData _data;
    private readonly string _path;
    private readonly Dictionary<(string Query, string Document), double> _scores;

    private FileScores(string path, MiningData data, Dictionary<(string, string), double> scores) => (_path, _data, _scores) = (path, data, scores);

    /// <summary>How many scores there are.</summary>
    public int Count => _scores.Count;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The data that is mined.</param>
    /// <exception cref="CdeException">A line is malformed: file, line and rule.</exception>
    public static FileScores Read(string path, MiningData data)
    {
        if (!File.Exists(path))
            throw new CdeException($"{path}: there is no such file of scores");
        var (scores, line) = (new Dictionary<(string, string), double>(), 0);
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            try
            {
                using var record = JsonDocument.Parse(text);
                Add(scores, record.RootElement);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new CdeException(
                    $"{path} line {line}: expected an object with query, document and score, or with query, pos, neg, pos_scores and neg_scores: {error.Message.Split('\n')[0].TrimEnd('.')}", error);
            }
        }

        return scores.Count > 0 ? new FileScores(path, data, scores) : throw new CdeException($"{path} has no scores");
    }

    /// <inheritdoc/>
    public double Score(int query, int row) => _scores.TryGetValue((_data.Queries[query].Text, _data.Pool[row]), out var score)
        ? score
        : throw new CdeException(
            $"{_path} has no score for query \"{Short(_data.Queries[query].Text)}\" and document \"{Short(_data.Pool[row])}\"; score every document found with its positives, or leave the file out");

    private static void Add(Dictionary<(string, string), double> scores, JsonElement record)
    {
        var query = Text(record.GetProperty("query"));
        if (record.TryGetProperty("document", out var document))
        {
            scores[(query, Text(document))] = Number(record.GetProperty("score"));
            return;
        }

        foreach (var side in (string[])["pos", "neg"])
        {
            var (texts, values) = (record.GetProperty(side), record.GetProperty(side + "_scores"));
            if (texts.GetArrayLength() != values.GetArrayLength())
                throw new FormatException($"{texts.GetArrayLength()} texts in {side}, {values.GetArrayLength()} scores");
            foreach (var (text, value) in texts.EnumerateArray().Zip(values.EnumerateArray()))
                scores[(query, Text(text))] = Number(value);
        }

        static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("a text is null");
        static double Number(JsonElement value) => value.GetDouble() is var number && double.IsFinite(number) ? number : throw new FormatException("a score is no number");
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
