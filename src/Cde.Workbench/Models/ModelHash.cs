namespace Cde.Workbench.Models;

/// <summary>The identity of a model folder: a hash over the files that decide its vectors.</summary>
internal static class ModelHash
{
    private static readonly string[] Deciding =
    [
        "config.json", "backbone_config.json", "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json",
        "vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "model.safetensors.index.json",
        "vocab.json", "merges.txt", "added_tokens.json", "spiece.model", "sentencepiece.bpe.model", "tokenizer.model", "artifact.metadata",
        "sentencepiece.model", "vectors.bin.gz",
    ];

    /// <summary>Hash over names and contents, of the root's files and of the modules' folders.</summary>
    /// <param name="folder">The model's.</param>
    /// <param name="ruled">A pooling that the folder does not say, which gives other vectors; null where it is the folder's own.</param>
    public static string Of(string folder, PoolingModes? ruled)
    {
        var hash = Of(folder);
        return ruled is { } pooling ? ContentHash.OfText($"{hash} {pooling}") : hash;
    }

    /// <summary>Hash over names and contents, of the root's files and of the modules' folders.</summary>
    public static string Of(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.safetensors", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(folder, "pytorch_model*.bin", SearchOption.AllDirectories).Where(IsRead))
            .Concat(Deciding.Select(name => Path.Combine(folder, name)).Where(File.Exists))
            .Concat(Directory.EnumerateDirectories(folder).SelectMany(module => Directory.EnumerateFiles(module, "config.json")))
            .Select(path => (Name: Path.GetRelativePath(folder, path).Replace('\\', '/'), Path: path))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        return ContentHash.OfText(string.Join('\n', files.Select(file => file.Name + " " + ContentHash.OfFile(file.Path))));
    }

    /// <summary>Pickled weights are read where there are no others beside them.</summary>
    private static bool IsRead(string pickle) => !Directory.EnumerateFiles(Path.GetDirectoryName(pickle)!, "*.safetensors").Any();
}
