using System.Text;
using System.Text.Json;

namespace Cde.Workbench.Text;

/// <summary>A vocabulary that <see cref="WordPieceTrainer"/> made.</summary>
/// <param name="Tokens">The tokens by id.</param>
/// <param name="Rules">The rules it was trained with.</param>
public sealed record TrainedVocabulary(IReadOnlyList<string> Tokens, WordPieceOptions Rules)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes <c>vocab.txt</c> and <c>tokenizer_config.json</c>, as <see cref="WordPieceTokenizer.FromFolder"/> and transformers read them.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var text = new StringBuilder();
        foreach (var token in Tokens)
            text.Append(token).Append('\n');
        AtomicFile.WriteAllText(Path.Combine(folder, TokenizerFolder.VocabularyFile), text.ToString());
        AtomicFile.WriteAllText(Path.Combine(folder, TokenizerFolder.ConfigFile), JsonSerializer.Serialize(Configuration(), Indented) + "\n");
    }

    private Dictionary<string, object?> Configuration() => new()
    {
        ["tokenizer_class"] = "BertTokenizer",
        ["do_lower_case"] = Rules.Lowercase,
        ["strip_accents"] = Rules.StripAccents,
        ["tokenize_chinese_chars"] = Rules.SplitChinese,
        ["split_identifiers"] = Rules.SplitIdentifiers,
        ["max_input_chars_per_word"] = Rules.MaxWordLength,
        ["model_max_length"] = Rules.ModelMaxTokens,
        ["unk_token"] = Rules.UnknownToken,
        ["cls_token"] = Rules.ClassToken,
        ["sep_token"] = Rules.SeparatorToken,
        ["pad_token"] = Rules.PadToken,
        ["mask_token"] = Rules.MaskToken,
    };
}
