using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>
/// A search as a table: rank, score with a bar, id, the part of the text that has most words of the query, relevant rows marked. Relevant
/// documents that were not found stand below at their true rank. Two searches stand side by side.
/// </summary>
internal static class SearchView
{
    private const int ExcerptCharacters = 160;
    private const int NarrowExcerptCharacters = 120;
    private const int IdCharacters = 70;
    private const string Star = "★";

    /// <summary>The view of a result.</summary>
    public static View Of(SearchResult result)
    {
        if (result.Hits.Count == 0 && result.Missed.Count == 0 && result.Against is null or { Hits.Count: 0, Missed.Count: 0 })
            return new View(new Paragraph("nothing found"));
        var words = new MatchedWords(result.Query);
        var blocks = new List<Block> { result.Against is null ? One(result, words) : Two(result, result.Against, words) };
        if (Legend(result) is { Length: > 0 } legend)
            blocks.Add(new Paragraph(legend));
        return new View(blocks);
    }

    private static RichTable One(SearchResult result, MatchedWords words)
    {
        var isJudged = result.QueryId is not null;
        var best = Best(result.Hits);
        string[] columns = isJudged ? [">rank", ">score", "relevant", "id", "text"] : [">rank", ">score", "id", "text"];
        return new RichTable(columns, [.. result.Hits.Select(Line.Of).Select(Row), .. result.Missed.Select(Line.Of).Select(Row)]) { Title = Title(result) };

        IReadOnlyList<RichCell> Row(Line hit)
        {
            var text = Excerpt.Of(hit.Text, words, ExcerptCharacters);
            List<RichCell> cells = [RankOf(hit), ScoreOf(hit, best), Shown.Shorten(hit.Id, IdCharacters), new MarkedCell(text.Text, text.Matches)];
            if (isJudged)
                cells.Insert(2, Relevance(hit));
            return [.. cells.Select(cell => cell with { Tone = hit.Tone })];
        }
    }

    private static RichTable Two(SearchResult result, SearchSide other, MatchedWords words)
    {
        var places = result.Hits.Select(Line.Of).Concat(result.Missed.Select(Line.Of)).ToDictionary(hit => hit.Id, RankOf);
        var (left, right) = (Best(result.Hits), Best(other.Hits));
        var rows = new List<IReadOnlyList<RichCell>>();
        Pair(result.Hits.Select(Line.Of), other.Hits.Select(Line.Of));
        Pair(result.Missed.Select(Line.Of), other.Missed.Select(Line.Of));
        return new RichTable([">rank", ">score", $"A: {result.Title}", ">rank (in A)", ">score", $"B: {other.Title}"], rows) { Title = Title(result) };

        void Pair(IEnumerable<Line> ours, IEnumerable<Line> theirs)
        {
            var (a, b) = (ours.ToList(), theirs.ToList());
            for (var row = 0; row < Math.Max(a.Count, b.Count); row++)
                rows.Add([.. Side(a.ElementAtOrDefault(row), left, isRight: false), .. Side(b.ElementAtOrDefault(row), right, isRight: true)]);
        }

        IEnumerable<RichCell> Side(Line? hit, double best, bool isRight)
        {
            if (hit is null)
                return ["", "", ""];
            var text = Excerpt.Of(hit.Text, words, NarrowExcerptCharacters);
            var lead = (hit.Tone != CellTone.Plain ? $"{Relevance(hit)} " : "") + Shown.Shorten(hit.Id, IdCharacters);
            var rank = isRight ? $"{RankOf(hit)} ({(places.TryGetValue(hit.Id, out var place) ? place : "–")})" : RankOf(hit);
            return ((RichCell[])[rank, ScoreOf(hit, best), new MarkedCell(text.Text, text.Matches, lead)]).Select(cell => cell with { Tone = hit.Tone });
        }
    }

    private static string Title(SearchResult result) =>
        $"{Shown.Shorten(result.Query, 60)}{(result.QueryId is { } id ? $" (query {Shown.Shorten(id, 40)})" : "")}{(result.Against is null ? $" · {result.Title}" : "")}";

    private static string Legend(SearchResult result)
    {
        var sides = result.Against is null ? "" : " A document's rank in A stands in parentheses, – where it is not shown there.";
        if (result.QueryId is null)
            return sides.Trim();
        var hits = result.Hits.Count(hit => hit.Grade > 0);
        var gold = hits + result.Missed.Count + result.Absent.Count;
        var counts = result.Against is null ? $"{hits} of {gold} relevant documents found" : $"relevant documents found: A {hits}, B {result.Against.Hits.Count(hit => hit.Grade > 0)} of {gold}";
        var absent = result.Absent.Count > 0 ? $"; {result.Absent.Count} not in the corpus, the first is {Shown.Shorten(result.Absent[0], 60)}" : "";
        return $"{counts}{absent}. {Star} relevant, with its grade; \"missed\" are relevant documents at the rank they have, – where the search does not rank them.{sides}";
    }

    private static string Relevance(Line hit) => hit.Tone switch
    {
        CellTone.Missed => string.Create(CultureInfo.InvariantCulture, $"{Star}{hit.Grade} missed"),
        CellTone.Gold => string.Create(CultureInfo.InvariantCulture, $"{Star}{hit.Grade}"),
        _ => hit.Grade is null ? "" : "no",
    };

    private static string RankOf(Line hit) => hit.Rank is { } rank ? Shown.Count(rank) : "–";

    // Sums of reciprocal ranks are a few hundredths: three decimals would not tell neighbours apart.
    private static RichCell ScoreOf(Line hit, double best) => hit.Score is { } score
        ? new BarCell(score.ToString(best < 0.1 ? "0.00000" : "0.000", CultureInfo.InvariantCulture), best > 0 ? score / best : 0)
        : new RichCell("–");

    private static double Best(IReadOnlyList<SearchHit> hits) => hits.Count > 0 ? hits[0].Score : 0;

    /// <summary>A found or missed document as a row.</summary>
    private sealed record Line(int? Rank, double? Score, string Id, string Text, int? Grade, CellTone Tone)
    {
        public static Line Of(SearchHit hit) => new(hit.Rank, hit.Score, hit.Id, hit.Text, hit.Grade, hit.Grade > 0 ? CellTone.Gold : CellTone.Plain);

        public static Line Of(MissedDocument missed) => new(missed.Rank, missed.Score, missed.Id, missed.Text, missed.Grade, CellTone.Missed);
    }
}
