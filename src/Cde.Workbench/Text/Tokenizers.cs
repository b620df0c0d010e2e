using Cde.Workbench.Text.Files;

namespace Cde.Workbench.Text;

/// <summary>Reads the tokenizer of a model folder, of whatever kind its files are.</summary>
public static class Tokenizers
{
    /// <summary>
    /// Reads a model folder: <c>tokenizer.json</c> where there is one; else <c>vocab.txt</c> (WordPiece), or <c>vocab.json</c> and
    /// <c>merges.txt</c> (byte-level byte pairs), or a SentencePiece model (<c>spiece.model</c>, <c>sentencepiece.bpe.model</c>,
    /// <c>tokenizer.model</c>); with what <c>tokenizer_config.json</c> says beside.
    /// </summary>
    /// <returns>A <see cref="WordPieceTokenizer"/> for BERT's own form, else a <see cref="SubwordTokenizer"/>.</returns>
    /// <exception cref="CdeException">The folder holds no tokenizer that can be read; the message names the file and the part.</exception>
    public static ITokenizer FromFolder(string modelFolder)
    {
        if (!Directory.Exists(modelFolder))
            throw new CdeException($"{modelFolder}: there is no such folder");
        var file = Path.Combine(modelFolder, TokenizerFolder.TokenizerFile);
        if (File.Exists(file))
            return JsonReading.Guard(file, () => TokenizerJson.IsBert(file)) ? WordPieceTokenizer.FromFolder(modelFolder) : SubwordTokenizer.FromTokenizerJson(file);
        if (Has(TokenizerFolder.VocabularyFile))
            return WordPieceTokenizer.FromFolder(modelFolder);
        if (Has(ByteLevelFiles.VocabularyFile) && Has(ByteLevelFiles.MergesFile))
            return new SubwordTokenizer(JsonReading.Guard(modelFolder, () => ByteLevelFiles.ReadFolder(modelFolder)));
        if (SentencePieceFiles.Names.FirstOrDefault(Has) is { } name)
            return new SubwordTokenizer(JsonReading.Guard(modelFolder, () => SentencePieceFiles.ReadFolder(modelFolder, name)));
        throw new CdeException(
            $"{modelFolder}: no tokenizer is there; {TokenizerFolder.TokenizerFile}, {TokenizerFolder.VocabularyFile}, {ByteLevelFiles.VocabularyFile} with "
            + $"{ByteLevelFiles.MergesFile}, or a SentencePiece model ({string.Join(", ", SentencePieceFiles.Names)}) are read");

        bool Has(string name) => File.Exists(Path.Combine(modelFolder, name));
    }
}
