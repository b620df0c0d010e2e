using Cde.Workbench.Text;
using Cde.Workbench.Text.Subwords;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Text.Subwords;

public sealed class BytePairModelTests
{
    [Fact]
    public void Merging_with_a_queue_equals_merging_by_search()
    {
        var merges = Gen.Choose(0, 10_000).ArrayOf().Where(seeds => seeds.Length < 15);
        var text = Gen.Elements("a", "b", "c").ArrayOf().Where(letters => letters.Length < 40).Select(string.Concat);
        Prop.ForAll(Gen.Zip(merges, text).ToArbitrary(), sample =>
        {
            // Each merge joins two tokens that exist by then.
            var (tokens, pairs) = (new List<string> { "a", "b", "c" }, new List<(string, string)>());
            foreach (var seed in sample.Item1)
            {
                var pair = (tokens[seed % tokens.Count], tokens[seed / 97 % tokens.Count]);
                if (pairs.Contains(pair))
                    continue;
                pairs.Add(pair);
                if (!tokens.Contains(pair.Item1 + pair.Item2))
                    tokens.Add(pair.Item1 + pair.Item2);
            }

            return Spell(Model(tokens, pairs), sample.Item2).Select(id => tokens[id]).SequenceEqual(Search(sample.Item2, pairs));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Whole_token_stays_whole_where_merges_are_ignored()
    {
        string[] tokens = ["a", "b", "c", "bc", "abc"];
        Assert.Equal([0, 3], Spell(Model(tokens, [("b", "c")]), "abc"));
        Assert.Equal([4], Spell(Model(tokens, [("b", "c")], ignores: true), "abc"));
    }

    [Fact]
    public void Prefix_of_continuations_and_suffix_of_words_are_part_of_the_tokens()
    {
        string[] tokens = ["a", "##b", "##c", "ab", "a</w>"];
        var ids = tokens.Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id);
        var merges = BytePairMerges.OfList("test", [("a", "##b")], token => ids.TryGetValue(token, out var id) ? id : null, "##");
        Assert.Equal([3, 2], Spell(new BytePairModel { Vocabulary = ids, Merges = merges, ContinuationPrefix = "##" }, "abc"));
        Assert.Equal([4], Spell(new BytePairModel { Vocabulary = ids, Merges = merges, EndOfWordSuffix = "</w>" }, "a"));
    }

    [Theory]
    [InlineData(false, new[] { 9, 9, 0, 9 })]
    [InlineData(true, new[] { 9, 0, 9 })]
    public void Unknown_characters_are_fused_where_the_model_says_so(bool fuses, int[] expected)
    {
        var model = new BytePairModel
        {
            Vocabulary = new() { ["a"] = 0 },
            Merges = BytePairMerges.OfList("test", [], _ => null, ""),
            UnknownId = 9,
            FusesUnknown = fuses,
        };
        Assert.Equal(expected, Spell(model, "x\U0001F600ay"));
    }

    [Fact]
    public void Merge_of_a_token_that_the_vocabulary_lacks_is_refused_by_name()
    {
        var failure = Assert.Throws<CdeException>(() => Model(["a", "b"], [("a", "b")]));
        Assert.Contains("\"ab\"", failure.Message, StringComparison.Ordinal);
    }

    private static BytePairModel Model(IReadOnlyList<string> tokens, IReadOnlyList<(string, string)> pairs, bool ignores = false)
    {
        var ids = tokens.Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id);
        return new BytePairModel
        {
            Vocabulary = ids,
            Merges = BytePairMerges.OfList("test", pairs, token => ids.TryGetValue(token, out var id) ? id : null, ""),
            IgnoresMerges = ignores,
        };
    }

    private static int[] Spell(BytePairModel model, string text)
    {
        var ids = new IdBuffer();
        model.CreateSpeller().Spell(text, ids);
        return ids.Items.ToArray();
    }

    private static List<string> Search(string text, List<(string, string)> pairs)
    {
        var symbols = text.Select(letter => letter.ToString()).ToList();
        while (true)
        {
            var best = Enumerable.Range(0, Math.Max(0, symbols.Count - 1)).Select(index => (Rank: pairs.IndexOf((symbols[index], symbols[index + 1])), index))
                .Where(entry => entry.Rank >= 0).DefaultIfEmpty((Rank: -1, index: -1)).Min();
            if (best.index < 0)
                return symbols;
            symbols[best.index] += symbols[best.index + 1];
            symbols.RemoveAt(best.index + 1);
        }
    }
}
