using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Workbench.Text;

namespace Cde.Workbench.Models.Export;

/// <summary>
/// Writes a model as a folder that Hugging Face's and sentence-transformers' loaders read: one <c>model.safetensors</c> a module in the type asked for, the
/// configuration, the tokenizer with its <c>tokenizer.json</c>, what follows the encoder, prompts, and a card.
/// </summary>
public static class ModelExport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Writes the folder, replaced as a whole.</summary>
    /// <param name="source">A model folder.</param>
    /// <param name="target">The new folder.</param>
    /// <param name="dtype">F32, F16 or BF16; null for each tensor's own.</param>
    /// <param name="facts">What the card says beside what the files say.</param>
    /// <returns>The files, relative to the folder, in order.</returns>
    /// <exception cref="CdeException">The source cannot be read as a model, or the target not written.</exception>
    public static IReadOnlyList<string> Write(string source, string target, SafetensorsDtype? dtype = null, ModelFacts? facts = null)
    {
        if (dtype is not (null or SafetensorsDtype.F32 or SafetensorsDtype.F16 or SafetensorsDtype.BF16))
            throw new CdeException($"weights are exported as F32, F16 or BF16, not as {dtype.Value.ToFileName()}");
        source = Path.GetFullPath(source);
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        if (target == Path.TrimEndingDirectorySeparator(source))
            throw new CdeException($"{target}: a model is not exported onto itself; name another folder");
        using var model = EmbeddingModel.Load(source); // what cannot be loaded is not passed on
        AtomicFile.WriteDirectory(
            target,
            folder =>
            {
                CopyTexts(source, folder);
                var stored = WriteWeights(source, folder, dtype);
                WriteConfig(Path.Combine(folder, "config.json"), stored);
                if (WordPieceTokenizerJson.CanWrite(source))
                    WordPieceTokenizerJson.Write(source, folder);
                if (IsPlain(model))
                    SentenceTransformersFiles.Complete(folder, model);
                var readme = Path.Combine(source, "README.md");
                var earlier = File.Exists(readme) ? ModelCardPage.Body(File.ReadAllText(readme)) : null;
                AtomicFile.WriteAllText(Path.Combine(folder, "README.md"), ModelCardPage.Of(Path.GetFileName(target), model, stored, facts ?? new ModelFacts(), earlier));
            },
            "config.json");
        return [.. Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(target, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether sentence-transformers' own modules compute the model.</summary>
    private static bool IsPlain(EmbeddingModel model) => !model.IsContextual && model.Architecture is not ("biencoder" or "concatenated" or Static.StaticFolder.ModelType);

    private static void CopyTexts(string source, string folder)
    {
        foreach (var name in PublishedFiles.Of(source).Where(name => !PublishedFiles.IsWeights(name) && name is not ("README.md" or SafetensorsSet.IndexName)))
        {
            var place = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(Path.Combine(source, name), place);
        }
    }

    /// <summary>The weights of the encoder and of every module with some; the type of the encoder's largest tensor.</summary>
    private static SafetensorsDtype WriteWeights(string source, string target, SafetensorsDtype? dtype)
    {
        var stored = SafetensorsDtype.F32;
        foreach (var module in Directory.EnumerateDirectories(source).Where(folder => File.Exists(Path.Combine(target, Path.GetFileName(folder), "config.json")) && WeightsFolder.IsWhole(folder)).Prepend(source))
        {
            using var files = SafetensorsSet.OpenFolder(module);
            SafetensorsDtype Chosen(SafetensorsEntry entry) => IsFloat(entry.Dtype) ? dtype ?? (entry.Dtype == SafetensorsDtype.F64 ? SafetensorsDtype.F32 : entry.Dtype) : entry.Dtype;
            var items = files.Entries.Values.Select(entry => SafetensorsItem.FromWriter(entry.Name, Chosen(entry), [.. entry.Shape], stream => WriteTensor(stream, files, entry, Chosen(entry))));
            // transformers refuses a file that does not say which library its tensors are for.
            SafetensorsWriter.Write(Path.Combine(target, Path.GetRelativePath(source, module), SafetensorsSet.SingleName), items, new Dictionary<string, string> { ["format"] = "pt" });
            if (module == source)
                stored = Chosen(files.Entries.Values.Where(entry => IsFloat(entry.Dtype)).MaxBy(entry => entry.ElementCount)!);
        }

        return stored;
    }

    private static void WriteTensor(Stream stream, SafetensorsSource files, SafetensorsEntry entry, SafetensorsDtype dtype)
    {
        const int Part = 1 << 24; // bytes
        if (entry.Dtype != dtype)
        {
            SafetensorsItem.FromFloats(entry.Name, [.. entry.Shape], files.Floats(entry.Name), dtype).Write(stream);
            return;
        }

        for (var done = 0L; done < entry.Length; done += Part)
            stream.Write(files.Bytes(entry.Name, done, (int)Math.Min(Part, entry.Length - done)));
    }

    private static void WriteConfig(string path, SafetensorsDtype stored)
    {
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        config["torch_dtype"] = stored switch { SafetensorsDtype.F16 => "float16", SafetensorsDtype.BF16 => "bfloat16", _ => "float32" };
        AtomicFile.WriteAllText(path, config.ToJsonString(Json) + "\n");
    }

    private static bool IsFloat(SafetensorsDtype dtype) => dtype is SafetensorsDtype.F16 or SafetensorsDtype.BF16 or SafetensorsDtype.F32 or SafetensorsDtype.F64;
}
