using Cde.Testing;
using Cde.Workbench.Models;

namespace Cde.Workbench.Tests.Models;

/// <summary>A model folder made of a golden case's weights and an authored vocabulary of the right size, in a temporary place.</summary>
internal sealed class TinyModelFolder : IDisposable
{
    public TinyModelFolder(string goldenCase, int vocabularySize)
    {
        Path = Directory.CreateTempSubdirectory("cde-model-").FullName;
        var source = TestFolders.GoldenCase(goldenCase);
        foreach (var file in new[] { "config.json", "backbone_config.json", "model.safetensors" }.Where(name => File.Exists(System.IO.Path.Combine(source, name))))
            File.Copy(System.IO.Path.Combine(source, file), System.IO.Path.Combine(Path, file));
        string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ":", "river", "tower", "music"];
        File.WriteAllLines(At("vocab.txt"), special.Concat(Enumerable.Range(special.Length, vocabularySize - special.Length).Select(i => $"w{i}")));
    }

    public string Path { get; }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    public void Replace(string name, string text, string by)
    {
        var content = File.ReadAllText(At(name));
        Assert.Contains(text, content, StringComparison.Ordinal);
        File.WriteAllText(At(name), content.Replace(text, by, StringComparison.Ordinal));
    }

    /// <summary>Writes a vocabulary of the words of some texts and their punctuation, filled up to a size.</summary>
    /// <param name="texts">Whose words.</param>
    /// <param name="size">Of the vocabulary.</param>
    /// <param name="markers">Special tokens behind the usual five.</param>
    public void WriteVocabulary(IEnumerable<string> texts, int size, params string[] markers)
    {
        string[] known =
        [
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. markers,
            .. texts.SelectMany(text => text.Split('.', '(', ')', ' ', ':')).Distinct().Where(word => word != ""), ".", "(", ")", ":",
        ];
        Write("vocab.txt", string.Join('\n', known.Concat(Enumerable.Range(known.Length, size - known.Length).Select(i => $"w{i}"))));
    }

    /// <summary>Cuts model.safetensors into two shards with their index.</summary>
    public void Shard()
    {
        using (var file = SafetensorsFile.Open(At("model.safetensors")))
        {
            var names = file.Entries.Keys.ToArray();
            var halves = new[] { names[..(names.Length / 2)], names[(names.Length / 2)..] };
            var map = new List<string>();
            for (var i = 0; i < 2; i++)
            {
                var shard = $"model-0000{i + 1}-of-00002.safetensors";
                SafetensorsWriter.Write(At(shard), halves[i].Select(name => SafetensorsItem.FromBytes(name, file.Entries[name].Dtype, [.. file.Entries[name].Shape], file.Bytes(name).ToArray())));
                map.AddRange(halves[i].Select(name => $"\"{name}\": \"{shard}\""));
            }

            Write("model.safetensors.index.json", $"{{\"metadata\": {{}}, \"weight_map\": {{{string.Join(", ", map)}}}}}");
        }

        File.Delete(At("model.safetensors"));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
