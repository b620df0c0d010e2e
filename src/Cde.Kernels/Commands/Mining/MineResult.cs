using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Workbench;
using Cde.Workbench.Mining;

namespace Cde.Kernels.Commands;

/// <summary>Mined hard negatives. In a notebook, <see cref="Accept"/> and <see cref="Reject"/> decide on the suspects by their numbers.</summary>
public sealed record MineResult : CommandResult
{
    private const int MostSuspects = 50;

    private readonly MineOptions options;

    internal MineResult(MinedNegatives mined, MineOptions options)
    {
        this.options = options;
        Mined = mined;
        DroppedBy = mined.DroppedBy().ToDictionary(entry => Name(entry.Key), entry => entry.Value);
        Suspects = [.. mined.Suspects().Select((pair, place) => new MinedSuspect(
            place + 1, mined.Data.Queries[pair.Query.Query].Text, mined.Data.Pool[mined.Data.Queries[pair.Query.Query].Positives[0]], mined.Data.Pool[pair.Negative.Row], pair.Negative.Score, pair.Query.Reference))];
    }

    /// <summary>The negatives themselves, with every reason.</summary>
    [JsonIgnore]
    public MinedNegatives Mined { get; }

    /// <summary>Queries that were mined for.</summary>
    public int Queries => Mined.Queries.Count;

    /// <summary>Documents in the pool.</summary>
    public int Pool => Mined.Data.Pool.Count;

    /// <summary>Negatives in all.</summary>
    public int Negatives => Mined.Count;

    /// <summary>Queries with fewer negatives than asked for.</summary>
    public int Short => Mined.Short;

    /// <summary>Queries left out because their positive is not found early enough.</summary>
    public int Inconsistent => Mined.Inconsistent.Count;

    /// <summary>How many candidates each rule dropped.</summary>
    public IReadOnlyDictionary<string, int> DroppedBy { get; }

    /// <summary>Kept negatives that may be answers, nearest to the positive's score first.</summary>
    public IReadOnlyList<MinedSuspect> Suspects { get; }

    /// <summary>The file that was written; null for none.</summary>
    public string? File => Lines is null ? null : options.Out;

    /// <summary>Its lines.</summary>
    public int? Lines { get; init; }

    /// <summary>Keeps suspects from now on: they do not answer their queries. The decisions are written to the file that <c>--review</c> named.</summary>
    /// <param name="numbers">Numbers of <see cref="Suspects"/>.</param>
    /// <exception cref="CdeException">There is no such suspect, or no file was named.</exception>
    public void Accept(params int[] numbers) => Decide(numbers, []);

    /// <summary>Never takes these suspects again: they answer their queries. The decisions are written to the file that <c>--review</c> named.</summary>
    /// <param name="numbers">Numbers of <see cref="Suspects"/>.</param>
    /// <exception cref="CdeException">There is no such suspect, or no file was named.</exception>
    public void Reject(params int[] numbers) => Decide([], numbers);

    internal void Decide(IReadOnlyList<int> accepted, IReadOnlyList<int> rejected)
    {
        var file = options.Review ?? throw new CdeException("mine: no file for decisions was named; run mine again with --review FILE");
        var suspects = Mined.Suspects().ToList();
        ReviewDecisions.Append(file, Mined.Data, accepted.Select(number => Decided(number, ReviewDecision.Accept)).Concat(rejected.Select(number => Decided(number, ReviewDecision.Reject))).ToList());

        (int Query, int Row, ReviewDecision Decision) Decided(int number, ReviewDecision decision) => number >= 1 && number <= suspects.Count
            ? (suspects[number - 1].Query.Query, suspects[number - 1].Negative.Row, decision)
            : throw new CdeException($"mine: there is no suspect {number}; they are numbered 1 to {suspects.Count}");
    }

    /// <inheritdoc/>
    public override View Describe()
    {
        var blocks = new List<Block>
        {
            new Paragraph(
                $"{Shown.Count(Negatives)} negatives for {Shown.Count(Queries)} queries from {Shown.Count(Pool)} documents"
                + (Short > 0 ? $"; {Shown.Count(Short)} queries have fewer than {Mined.Options.Count}" : "") + (Inconsistent > 0 ? $"; {Shown.Count(Inconsistent)} inconsistent queries left out" : "")
                + (File is null ? "" : $"; {Shown.Count(Lines ?? 0)} lines in {File}")),
            new Table(["dropped by", ">candidates"], [.. DroppedBy.Select(entry => (IReadOnlyList<string>)[entry.Key, Shown.Count(entry.Value)])]),
        };
        if (options.Show > 0)
        {
            blocks.Add(new Table(
                ["query", "", "text", ">rank", ">score", "why"],
                [.. Mined.Queries.Take(options.Show).SelectMany(Rows)])
            { Title = "the first queries with their negatives" });
        }

        if (Suspects.Count > 0 && options.Show == 0)
            blocks.Add(new Paragraph($"{Shown.Count(Suspects.Count)} suspects, kept but perhaps answers: --show 1 or more lists them"));
        else if (Suspects.Count > 0)
        {
            blocks.Add(new Table(
                [">number", "query", "negative", ">score", ">positive's", "the positive"],
                [.. Suspects.Take(MostSuspects).Select(suspect => (IReadOnlyList<string>)
                [
                    suspect.Number.ToString(CultureInfo.InvariantCulture), Shown.Shorten(suspect.Query, 40), Shown.Shorten(suspect.Negative, 50), Shown.Score(suspect.Score), Shown.Score(suspect.PositiveScore),
                    Shown.Shorten(suspect.Positive, 50),
                ])])
            {
                Title = $"{Shown.Count(Suspects.Count)} suspects, kept but perhaps answers: decide with --review FILE --reject N --accept N",
            });
        }

        return new View(blocks);
    }

    private IEnumerable<IReadOnlyList<string>> Rows(MinedQuery query)
    {
        var source = Mined.Data.Queries[query.Query];
        for (var i = 0; i < source.Positives.Count; i++)
            yield return [i == 0 ? Shown.Shorten(source.Text, 40) : "", "+", Shown.Shorten(Mined.Data.Pool[source.Positives[i]], 60), "", Shown.Score(query.PositiveScores[i]), ""];
        foreach (var negative in query.Negatives)
        {
            yield return
            [
                "", "-", Shown.Shorten(Mined.Data.Pool[negative.Row], 60), negative.Rank?.ToString(CultureInfo.InvariantCulture) ?? "", double.IsNaN(negative.Score) ? "" : Shown.Score(negative.Score),
                Name(negative.Reason) + (negative.IsSuspect ? ", suspect" : ""),
            ];
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>A kept negative that may be an answer.</summary>
/// <param name="Number">What <c>--accept</c> and <c>--reject</c> call it, from 1.</param>
/// <param name="Query">The query.</param>
/// <param name="Positive">A text that answers it.</param>
/// <param name="Negative">The negative.</param>
/// <param name="Score">The negative's score.</param>
/// <param name="PositiveScore">The lowest score of the query's positives.</param>
public sealed record MinedSuspect(int Number, string Query, string Positive, string Negative, double Score, double PositiveScore);
