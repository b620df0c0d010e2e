using System.Text;
using Cde.Workbench.Text.Subwords;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Text.Subwords;

public sealed class PieceTrieTests
{
    [Fact]
    public void Trie_finds_what_was_put_in_and_nothing_else()
    {
        var keys = Gen.Elements("a", "b", "\u00E9", "\u6587", "\U0001F600", "\u00FF", "ab").ArrayOf().Select(string.Concat).Where(key => key.Length > 0);
        Prop.ForAll(Gen.Zip(keys.ArrayOf(), keys.ArrayOf()).ToArbitrary(), sample =>
        {
            var values = new Dictionary<string, int>();
            for (var index = 0; index < sample.Item1.Length; index++)
                values[sample.Item1[index]] = index;
            var trie = new PieceTrie(sample.Item1.Select((key, index) => (key, index)));
            return sample.Item1.Concat(sample.Item2).All(key => Find(trie, key) == values.GetValueOrDefault(key, -1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Every_two_byte_key_is_told_apart()
    {
        var keys = Enumerable.Range(0x80, 0x780).Select(code => ((char)code).ToString()).ToArray();
        var trie = new PieceTrie(keys.Select((key, index) => (key, index)));
        Assert.Equal(Enumerable.Range(0, keys.Length), keys.Select(key => Find(trie, key)));
        Assert.Equal(-1, Find(trie, "a"));
    }

    private static int Find(PieceTrie trie, string key)
    {
        var node = PieceTrie.Root;
        foreach (var value in Encoding.UTF8.GetBytes(key))
        {
            node = trie.Next(node, value);
            if (node < 0)
                return -1;
        }

        return trie.Value(node);
    }
}
