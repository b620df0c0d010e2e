using Cde.Testing;

namespace Cde.Kernels.Tests;

/// <summary>A cross-encoder of two layers over an authored vocabulary, in a folder.</summary>
internal static class TinyReranker
{
    private const string Case = "case16b_bert_sequence_classification_tiny";
    private const int VocabularySize = 160;

    /// <summary>Writes the folder and gives its path.</summary>
    public static string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in (string[])["config.json", "model.safetensors"])
            File.Copy(Path.Combine(TestFolders.GoldenCase(Case), file), Path.Combine(folder, file), overwrite: true);
        string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
        var letters = Enumerable.Range('a', 26).SelectMany(letter => (string[])[$"{(char)letter}", $"##{(char)letter}"]);
        string[] words = [.. special, .. letters];
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), words.Concat(Enumerable.Range(words.Length, VocabularySize - words.Length).Select(id => $"[unused{id}]")));
        return folder;
    }
}
