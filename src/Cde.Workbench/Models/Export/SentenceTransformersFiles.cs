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
        Add(folder, Path.Combine("1_Pooling", "config.json"), new
        {
            word_embedding_dimension = model.Dimension,
            pooling_mode_cls_token = false,
            pooling_mode_mean_tokens = true,
            pooling_mode_max_tokens = false,
            pooling_mode_mean_sqrt_len_tokens = false,
            pooling_mode_weightedmean_tokens = false,
            pooling_mode_lasttoken = false,
            include_prompt = true,
        });
        Add(folder, "modules.json", new[] { Module(0, "", "Transformer"), Module(1, "1_Pooling", "Pooling"), Module(2, "2_Normalize", "Normalize") });
        Directory.CreateDirectory(Path.Combine(folder, "2_Normalize"));
    }

    private static object Module(int index, string path, string type) => new { idx = index, name = $"{index}", path, type = Package + type };

    private static void Add(string folder, string name, object content)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            AtomicFile.WriteAllText(path, JsonSerializer.Serialize(content, Json) + "\n");
    }
}
