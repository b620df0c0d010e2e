using Cde.Workbench.Models.Adapters;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>A model folder with other weights: tokenizer, prompts, pooling and everything else as in the folder it started from.</summary>
internal static class ModelFolderCopy
{
    private static readonly string[] WeightEnds = [".safetensors", ".safetensors.index.json", ".bin", ".bin.index.json", ".pt", ".h5", ".onnx", ".msgpack"];

    /// <summary>What says how texts become one vector each; a reranker or a multi-vector model that began as an encoder has no use for it.</summary>
    public static IReadOnlyList<string> PoolingFiles { get; } = ["modules.json", "sentence_bert_config.json", "config_sentence_transformers.json", "1_Pooling", "2_Dense", "2_Normalize", "3_Normalize"];

    /// <summary>Writes <paramref name="target"/>, replaced as a whole.</summary>
    /// <param name="source">The folder that is copied, but for the weights on its top level.</param>
    /// <param name="target">The new folder.</param>
    /// <param name="config">The new <c>config.json</c>.</param>
    /// <param name="module">Whose parameters become the weights, float32; adapters are merged. Maps that keep theirs in fewer bits are merged into the source's own weights.</param>
    /// <param name="without">Files and folders on its top level that stay behind; none where null.</param>
    /// <param name="beside">Further files, by their places in the folder; none where null.</param>
    public static void Write(string source, string target, string config, nn.Module module, IReadOnlyList<string>? without = null, IReadOnlyList<(string Name, string Text)>? beside = null) => AtomicFile.WriteDirectory(
        target,
        temporary =>
        {
            foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(source, path);
                if (name == "config.json" || beside?.Any(file => Path.GetRelativePath(".", file.Name) == name) == true || name.StartsWith('.') || (!name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) && WeightEnds.Any(name.EndsWith)))
                    continue;
                if (without?.Contains(name.Split(Path.DirectorySeparatorChar)[0]) == true)
                    continue;
                var place = Path.Combine(temporary, name);
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.Copy(path, place);
            }

            using var originals = SafetensorsSet.OpenFolder(source);
            TensorFile.Write(Path.Combine(temporary, "model.safetensors"), ModelAdapter.MergedParameters(module, originals));
            foreach (var (name, text) in beside ?? [])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(temporary, name))!);
                AtomicFile.WriteAllText(Path.Combine(temporary, name), text);
            }

            AtomicFile.WriteAllText(Path.Combine(temporary, "config.json"), config);
        },
        "config.json");
}
