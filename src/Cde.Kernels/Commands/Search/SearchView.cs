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
        return new RichTable(columns, [.. result.Hits.Select(hit => Row(hit, CellTone.Gold)), .. result.Missed.Select(hit => Row(hit, CellTone.Missed))]) { Title = Title(result) };

        IReadOnlyList<RichCell> Row(SearchHit hit, CellTone tone)
        {
            var text = Excerpt.Of(hit.Text, words, ExcerptCharacters);
            List<RichCell> cells = [RankOf(hit), ScoreOf(hit, best), Shown.Shorten(hit.Id, IdCharacters), new MarkedCell(text.Text, text.Matches)];
            if (isJudged)
                cells.Insert(2, Relevance(hit, tone));
            return [.. cells.Select(cell => cell with { Tone = hit.IsGold ? tone : CellTone.Plain })];
        }
    }

    private static RichTable Two(SearchResult result, SearchSide other, MatchedWords words)
    {
        var places = result.Hits.Concat(result.Missed).ToDictionary(hit => hit.Id, RankOf);
        var (left, right) = (Best(result.Hits), Best(other.Hits));
        var rows = new List<IReadOnlyList<RichCell>>();
        for (var row = 0; row < Math.Max(result.Hits.Count, other.Hits.Count); row++)
            rows.Add([.. Side(result.Hits.ElementAtOrDefault(row), left, CellTone.Gold, isRight: false), .. Side(other.Hits.ElementAtOrDefault(row), right, CellTone.Gold, isRight: true)]);
        for (var row = 0; row < Math.Max(result.Missed.Count, other.Missed.Count); row++)
            rows.Add([.. Side(result.Missed.ElementAtOrDefault(row), left, CellTone.Missed, isRight: false), .. Side(other.Missed.ElementAtOrDefault(row), right, CellTone.Missed, isRight: true)]);
        return new RichTable([">rank", ">score", $"A: {result.Title}", ">rank (in A)", ">score", $"B: {other.Title}"], rows) { Title = Title(result) };

        IEnumerable<RichCell> Side(SearchHit? hit, double best, CellTone tone, bool isRight)
        {
            if (hit is null)
                return ["", "", ""];
            var text = Excerpt.Of(hit.Text, words, NarrowExcerptCharacters);
            var lead = (hit.IsGold ? $"{Relevance(hit, tone)} " : "") + Shown.Shorten(hit.Id, IdCharacters);
            var rank = isRight ? $"{RankOf(hit)} ({(places.TryGetValue(hit.Id, out var place) ? place : "–")})" : RankOf(hit);
            return ((RichCell[])[rank, ScoreOf(hit, best), new MarkedCell(text.Text, text.Matches, lead)]).Select(cell => cell with { Tone = hit.IsGold ? tone : CellTone.Plain });
        }
    }

    private static string Title(SearchResult result) =>
        $"{Shown.Shorten(result.Query, 60)}{(result.QueryId is { } id ? $" (query {Shown.Shorten(id, 40)})" : "")}{(result.Against is null ? $" · {result.Title}" : "")}";

    private static string Legend(SearchResult result)
    {
        var sides = result.Against is null ? "" : " A document's rank in A stands in parentheses, – where it is not shown there.";
        if (result.QueryId is null)
            return sides.Trim();
        var hits = result.Hits.Count(hit => hit.IsGold);
        var gold = hits + result.Missed.Count + result.Absent.Count;
        var counts = result.Against is null ? $"{hits} of {gold} relevant documents found" : $"relevant documents found: A {hits}, B {result.Against.Hits.Count(hit => hit.IsGold)} of {gold}";
        var absent = result.Absent.Count > 0 ? $"; {result.Absent.Count} not in the corpus, the first is {Shown.Shorten(result.Absent[0], 60)}" : "";
        return $"{counts}{absent}. {Star} relevant, with its grade; \"missed\" are relevant documents at the rank they have, – where the search does not rank them.{sides}";
    }

    private static string Relevance(SearchHit hit, CellTone tone) => hit switch
    {
        { IsGold: true } when tone == CellTone.Missed => string.Create(CultureInfo.InvariantCulture, $"{Star}{hit.Grade} missed"),
        { IsGold: true } => string.Create(CultureInfo.InvariantCulture, $"{Star}{hit.Grade}"),
        { Grade: not null } => "no",
        _ => "",
    };

    private static string RankOf(SearchHit hit) => hit.Rank is { } rank ? Shown.Count(rank) : "–";

    // Sums of reciprocal ranks are a few hundredths: three decimals would not tell neighbours apart.
    private static RichCell ScoreOf(SearchHit hit, double best) => hit.Score is { } score
        ? new BarCell(score.ToString(best < 0.1 ? "0.00000" : "0.000", CultureInfo.InvariantCulture), best > 0 ? score / best : 0)
        : new RichCell("–");

    private static double Best(IReadOnlyList<SearchHit> hits) => hits.Count > 0 ? hits[0].Score ?? 0 : 0;
}
