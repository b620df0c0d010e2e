using Cde.Workbench.Text;
using Cde.Workbench.Text.Subwords;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Text.Subwords;

public sealed class UnigramModelTests
{
    private const int Unknown = 0;

    [Fact]
    public void Best_cut_equals_the_best_of_all_cuts()
    {
        var pieces = Gen.Elements("a", "b", "c").ArrayOf().Where(letters => letters.Length is > 0 and < 5).Select(string.Concat);
        var vocabulary = Gen.Zip(pieces, Gen.Choose(1, 4_000)).ArrayOf().Where(list => list.Length < 12);
        var text = Gen.Elements("a", "b", "c", "d").ArrayOf().Where(letters => letters.Length < 10).Select(string.Concat);
        Prop.ForAll(Gen.Zip(vocabulary, text).ToArbitrary(), sample =>
        {
            var list = sample.Item1.DistinctBy(entry => entry.Item1).Select((entry, index) => new UnigramPiece(entry.Item1, index + 1, -entry.Item2 / 1000.0)).ToArray();
            var model = new UnigramModel(list, Unknown);
            var ids = new IdBuffer();
            model.CreateSpeller().Spell(sample.Item2, ids);
            var (score, ways) = Best(sample.Item2, list, model.UnknownScore);
            var found = Score(ids.Items.ToArray(), sample.Item2, list, model.UnknownScore);
            return Math.Abs(found.Score - score) < 1e-9 && (ways.Count > 1 || ways[0].SequenceEqual(ids.Items.ToArray()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Fixed_piece_counts_as_so_many_of_the_best()
    {
        UnigramPiece[] pieces = [new("a", 1, -1), new("b", 2, -3), new("ab", 3, -2.5)];
        Assert.Equal([3], Spell(new UnigramModel(pieces, Unknown), "ab"));
        Assert.Equal([4], Spell(new UnigramModel([pieces[0], pieces[1], pieces[2] with { Text = "abc" }, new("ab", 4, -9, IsFixed: true)], Unknown), "ab"));
    }

    [Fact]
    public void Unknown_neighbours_are_one_token_and_bytes_are_several()
    {
        Assert.Equal([1, Unknown, 1], Spell(new UnigramModel([new("a", 1, -1)], Unknown), "axyza"));
        var bytes = new ByteTokens(token => 100 + Convert.ToInt32(token[3..5], 16));
        Assert.Equal([1, 100 + 0xC3, 100 + 0xA9, 1], Spell(new UnigramModel([new("a", 1, -1)], Unknown) { Bytes = bytes }, "a\u00E9a"));
    }

    private static int[] Spell(UnigramModel model, string text)
    {
        var ids = new IdBuffer();
        model.CreateSpeller().Spell(text, ids);
        return ids.Items.ToArray();
    }

    // Every cut into pieces and single unknown characters; an unknown character is allowed only where it is no piece.
    private static (double Score, List<int[]> Ways) Best(string text, UnigramPiece[] pieces, double unknownScore)
    {
        var (best, ways) = (double.NegativeInfinity, new List<int[]>());
        Visit(0, 0, []);
        return (best, ways);

        void Visit(int start, double score, List<int> ids)
        {
            if (start == text.Length)
            {
                if (score > best + 1e-9)
                    ways.Clear();
                if (score > best - 1e-9)
                    ways.Add(Fuse(ids));
                best = Math.Max(best, score);
                return;
            }

            foreach (var piece in pieces.Where(piece => text.AsSpan(start).StartsWith(piece.Text)))
                Visit(start + piece.Text.Length, score + piece.Score, [.. ids, piece.Id]);
            if (pieces.All(piece => piece.Text != text[start].ToString()))
                Visit(start + 1, score + unknownScore, [.. ids, Unknown]);
        }
    }

    private static int[] Fuse(List<int> ids) => [.. ids.Where((id, index) => id != Unknown || index == 0 || ids[index - 1] != Unknown)];

    // An unknown token stands for as many characters as the rest needs.
    private static (double Score, bool Fits) Score(int[] ids, string text, UnigramPiece[] pieces, double unknownScore)
    {
        var known = ids.Where(id => id != Unknown).Select(id => pieces[id - 1]).ToArray();
        var unknown = text.Length - known.Sum(piece => piece.Text.Length);
        return (known.Sum(piece => piece.Score) + unknown * unknownScore, unknown >= 0);
    }
}
