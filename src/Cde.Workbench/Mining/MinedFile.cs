using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cde.Workbench.Mining;

/// <summary>The forms in which mined negatives are written; all are read again by <see cref="Corpora.TrainingFile"/>.</summary>
public enum MinedForm
{
    /// <summary>FlagEmbedding's: query, lists of positives and negatives, their scores, prompt and type.</summary>
    Flag,

    /// <summary>A line a negative: anchor, positive, negative.</summary>
    Triplet,

    /// <summary>A line a positive: anchor, positive, negative_1 to negative_n; positives with fewer negatives are left out.</summary>
    NTuple,

    /// <summary>A line a text: query, text, label 1 or 0.</summary>
    LabelledPair,

    /// <summary>A line a positive: query, texts, labels.</summary>
    LabelledList,
}

/// <summary>Writes mined negatives as JSON lines.</summary>
public static class MinedFile
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file; it appears as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mined">What was mined.</param>
    /// <param name="form">The form.</param>
    /// <returns>How many lines were written.</returns>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public static int Write(string path, MinedNegatives mined, MinedForm form)
    {
        var count = 0;
        AtomicFile.Write(path, stream =>
        {
            foreach (var line in mined.Queries.SelectMany(query => Lines(mined, query, form)))
            {
                JsonSerializer.Serialize(stream, line, Json);
                stream.WriteByte((byte)'\n');
                count++;
            }
        });
        return count;
    }

    private static IEnumerable<Dictionary<string, object>> Lines(MinedNegatives mined, MinedQuery query, MinedForm form)
    {
        var source = mined.Data.Queries[query.Query];
        string[] positives = [.. source.Positives.Select(row => mined.Data.Pool[row])];
        string[] negatives = [.. query.Negatives.Select(negative => mined.Data.Pool[negative.Row])];
        switch (form)
        {
            case MinedForm.Flag:
                yield return Flag(source, query, positives, negatives);
                break;
            case MinedForm.Triplet:
                foreach (var positive in positives)
                {
                    foreach (var negative in negatives)
                        yield return new() { ["anchor"] = source.Text, ["positive"] = positive, ["negative"] = negative };
                }

                break;
            case MinedForm.NTuple:
                foreach (var positive in positives.Where(_ => negatives.Length == mined.Options.Count))
                {
                    var line = new Dictionary<string, object> { ["anchor"] = source.Text, ["positive"] = positive };
                    for (var i = 0; i < negatives.Length; i++)
                        line[$"negative_{i + 1}"] = negatives[i];
                    yield return line;
                }

                break;
            case MinedForm.LabelledPair:
                foreach (var (text, label) in positives.Select(text => (text, 1)).Concat(negatives.Select(text => (text, 0))))
                    yield return new() { ["sentence1"] = source.Text, ["sentence2"] = text, ["score"] = label };
                break;
            case MinedForm.LabelledList:
                foreach (var positive in positives)
                    yield return new() { ["query"] = source.Text, ["docs"] = (string[])[positive, .. negatives], ["labels"] = (int[])[1, .. negatives.Select(_ => 0)] };
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(form), form, "no such form");
        }
    }

    /// <summary>The record as it came, with its negatives replaced; scores where all are known.</summary>
    private static Dictionary<string, object> Flag(MiningQuery source, MinedQuery query, string[] positives, string[] negatives)
    {
        var line = new Dictionary<string, object> { ["query"] = source.Example.Query, ["pos"] = positives, ["neg"] = negatives };
        if (query.Negatives.All(negative => !double.IsNaN(negative.Score)))
        {
            line["pos_scores"] = query.PositiveScores;
            line["neg_scores"] = query.Negatives.Select(negative => negative.Score).ToArray();
        }

        if (source.Example.QueryInstruction is { } instruction)
            line["prompt"] = instruction;
        if (source.Example.Type is { } type)
            line["type"] = type;
        return line;
    }
}
