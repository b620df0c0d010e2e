using System.Text.RegularExpressions;

namespace Cde.Workbench.Models.Export;

/// <summary>The files of a folder that belong to a model and may leave the machine. Everything else (optimizer states, checkpoints, notes, tokens) stays.</summary>
public static partial class PublishedFiles
{
    private static readonly string[] Names =
    [
        "config.json", "backbone_config.json", "generation_config.json", "modules.json", "config_sentence_transformers.json", "sentence_bert_config.json",
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.txt", "vocab.json", "merges.txt",
        "spiece.model", "sentencepiece.bpe.model", "sentencepiece.model", "tokenizer.model", "artifact.metadata", "random_strings.txt",
        "README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "model.safetensors.index.json",
    ];

    /// <summary>Paths relative to the folder, with slashes, in order: known names, weights, and the same in modules' folders (<c>1_Pooling</c>). Links are not followed out of it.</summary>
    public static IReadOnlyList<string> Of(string folder) =>
    [
        .. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!).Where(IsPublished)
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(module => ModuleName().IsMatch(Path.GetFileName(module)))
                .SelectMany(Directory.EnumerateFiles)
                .Where(file => IsPublished(Path.GetFileName(file)))
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether a file is weights.</summary>
    internal static bool IsWeights(string path) => path.EndsWith(".safetensors", StringComparison.Ordinal);

    private static bool IsPublished(string name) => Names.Contains(name) || WeightsName().IsMatch(name);

    [GeneratedRegex(@"^model(-\d{5}-of-\d{5})?\.safetensors\z")]
    private static partial Regex WeightsName();

    [GeneratedRegex(@"^\d{1,2}_[A-Za-z0-9]+\z")]
    private static partial Regex ModuleName();
}
