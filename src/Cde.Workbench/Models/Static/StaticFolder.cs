using System.Text.Json;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Static;

/// <summary>
/// Folders of static models: Model2Vec's (<c>config.json</c> with <c>model_type</c> "model2vec"), sentence-transformers' StaticEmbedding, and word vectors in
/// <see cref="WordVectorsFile"/>.
/// </summary>
internal static class StaticFolder
{
    /// <summary>What <c>config.json</c> says of them.</summary>
    public const string ModelType = "model2vec";

    // Model2Vec's own default; the mean of more tokens says little more.
    private const int MaxTokens = 512;

    private static readonly string[] TableNames = ["embeddings", "embedding.weight"];

    /// <summary>Whether a folder holds a static model.</summary>
    public static bool Describes(string folder)
    {
        var config = Path.Combine(folder, "config.json");
        if (File.Exists(config))
            return JsonConfig.Read(config).Text(["model_type"], "") == ModelType;
        return File.Exists(Path.Combine(folder, WordVectorsFile.Name)) || Place(folder) != folder || HoldsTable(folder);
    }

    /// <summary>Reads the vectors and the tokenizer. The encoder is the caller's.</summary>
    /// <exception cref="CdeException">A file is missing or damaged, or the files do not belong together.</exception>
    public static (StaticEncoder Encoder, ITokenizer Tokenizer) Read(string folder, Device? device, ScalarType precision)
    {
        if (File.Exists(Path.Combine(folder, WordVectorsFile.Name)))
        {
            var words = WordVectorsFile.Read(Path.Combine(folder, WordVectorsFile.Name));
            return (new StaticEncoder(words.Vectors, words.Width, MaxTokens, device, precision), words.Tokenizer);
        }

        var place = Place(folder);
        var inner = Tokenizers.FromFolder(place);
        var tokens = Enumerable.Range(0, inner.VocabularySize).Select(inner.TokenText).ToArray();
        var unknown = inner.TokenId("[UNK]") ?? inner.TokenId("<unk>");
        var tokenizer = new StaticTokenizer(inner, unknown, Median(tokens));
        using var files = SafetensorsSet.OpenFolder(place);
        var vectors = StaticTable.Read(files, Table(files), tokens.Length, out var width);
        return (new StaticEncoder(vectors, width, MaxTokens, device, precision), tokenizer);
    }

    // sentence-transformers may keep the module in a folder of its own.
    private static string Place(string folder)
    {
        var modules = Path.Combine(folder, "modules.json");
        if (!File.Exists(modules))
            return folder;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(modules));
            foreach (var module in document.RootElement.EnumerateArray())
            {
                if (module.GetProperty("type").GetString()?.EndsWith(".StaticEmbedding", StringComparison.Ordinal) != true)
                    continue;
                var place = Path.GetFullPath(Path.Combine(folder, module.GetProperty("path").GetString() ?? ""));
                if (!place.StartsWith(Path.GetFullPath(folder), StringComparison.Ordinal))
                    throw new CdeException($"{modules}: the module's path leads out of the model folder");
                return Path.TrimEndingDirectorySeparator(place) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) ? folder : place;
            }

            return folder;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new CdeException($"{modules}: expected a list of {{\"type\", \"path\"}} objects", failure);
        }
    }

    private static bool HoldsTable(string folder)
    {
        if (!File.Exists(Path.Combine(folder, SafetensorsSet.SingleName)))
            return false;
        using var files = SafetensorsSet.OpenFolder(folder);
        return TableNames.Any(files.Entries.ContainsKey);
    }

    private static string Table(SafetensorsSource files) => TableNames.FirstOrDefault(files.Entries.ContainsKey)
        ?? throw new CdeException($"{files.Path} has neither of the tensors {string.Join(" and ", TableNames)}, which a static model needs");

    // Python's statistics: the mean of the middle two, towards zero.
    private static int Median(string[] tokens)
    {
        var lengths = tokens.Select(token => token.EnumerateRunes().Count()).Order().ToArray();
        return lengths.Length == 0 ? 1 : Math.Max(1, (lengths[(lengths.Length - 1) / 2] + lengths[lengths.Length / 2]) / 2);
    }
}
