using System.Text.Json;

namespace Cde.Workbench.Models.Export;

/// <summary>The files by which sentence-transformers knows what follows an encoder. What a folder lacks of them is written as this project reads its absence.</summary>
internal static class SentenceTransformersFiles
{
    private const string Package = "sentence_transformers.models.";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Adds what is missing: modules, pooling, length, prompts.</summary>
    public static void Complete(string folder, EmbeddingModel model)
    {
        Add(folder, "sentence_bert_config.json", new { max_seq_length = model.MaxTokens, do_lower_case = false });
        Add(folder, "config_sentence_transformers.json", new { prompts = model.Prompts, default_prompt_name = (string?)null, similarity_fn_name = "cosine" });
        if (File.Exists(Path.Combine(folder, "modules.json")))
            return;
        Add(folder, Path.Combine("1_Pooling", "config.json"), Pooling(PoolingModes.Mean, model.Dimension));
        Add(folder, "modules.json", PooledModules);
        Directory.CreateDirectory(Path.Combine(folder, "2_Normalize"));
    }

    /// <summary>The files of a folder, by their places in it, that change how it pools; a folder without modules gets the list of them.</summary>
    /// <param name="folder">The folder as it is.</param>
    /// <param name="modes">The pooling.</param>
    /// <param name="width">Numbers of a token's vector.</param>
    /// <exception cref="CdeException">The folder's list of modules has none that pools.</exception>
    public static IReadOnlyList<(string Name, string Text)> WithPooling(string folder, PoolingModes modes, int width)
    {
        var modules = Path.Combine(folder, "modules.json");
        if (!File.Exists(modules))
            return [(Path.Combine("1_Pooling", "config.json"), Text(Pooling(modes, width))), ("modules.json", Text(PooledModules))];
        var place = SentenceTransformersFolder.Modules(modules).FirstOrDefault(module => module.Type.EndsWith(".Pooling", StringComparison.Ordinal)).Path
            ?? throw new CdeException($"{modules}: lists no Pooling module, so that no pooling can be set; remove the file, or leave model.pooling out");
        return [(Path.Combine(place, "config.json"), Text(Pooling(modes, width)))];
    }

    private static object[] PooledModules => [Module(0, "", "Transformer"), Module(1, "1_Pooling", "Pooling"), Module(2, "2_Normalize", "Normalize")];

    private static object Pooling(PoolingModes modes, int width) => new
    {
        word_embedding_dimension = width,
        pooling_mode_cls_token = modes.HasFlag(PoolingModes.Cls),
        pooling_mode_mean_tokens = modes.HasFlag(PoolingModes.Mean),
        pooling_mode_max_tokens = modes.HasFlag(PoolingModes.Max),
        pooling_mode_mean_sqrt_len_tokens = modes.HasFlag(PoolingModes.MeanSqrtLength),
        pooling_mode_weightedmean_tokens = modes.HasFlag(PoolingModes.WeightedMean),
        pooling_mode_lasttoken = modes.HasFlag(PoolingModes.LastToken),
        include_prompt = true,
    };

    private static string Text(object content) => JsonSerializer.Serialize(content, Json) + "\n";

    private static object Module(int index, string path, string type) => new { idx = index, name = $"{index}", path, type = Package + type };

    private static void Add(string folder, string name, object content)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            AtomicFile.WriteAllText(path, Text(content));
    }
}
