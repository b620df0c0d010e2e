using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

/// <summary>A vocabulary of a few dozen authored tokens in a folder of its own, removed at the end of the test.</summary>
internal sealed class SmallVocabulary : IDisposable
{
    internal static readonly string[] Tokens =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "reader", "read", "##er", "##s", "##ing", "xml", "stream", "io", ".", ",", "!",
        "#", "a", "b", "##a", "##b", "cafe", "caf\u00E9", "\u6587", "\u5B57", "un", "##able", "set", "##tings", "query", ":", "'", "s", "The",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cde-vocabulary-");

    internal SmallVocabulary() => Write("vocab.txt", string.Join('\n', Tokens) + "\n");

    internal string Folder => _folder.FullName;

    internal string Path => System.IO.Path.Combine(Folder, "vocab.txt");

    internal string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The tokens that a tokenizer makes of a text, special ones around it left out.</summary>
    internal static string[] Spell(WordPieceTokenizer tokenizer, string text)
    {
        var batch = tokenizer.Encode([text], new TokenizeOptions { AddSpecialTokens = false, MaxTokens = int.MaxValue });
        return [.. batch[0].ToArray().Select(tokenizer.TokenText)];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
