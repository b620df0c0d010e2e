using System.Text.Json.Nodes;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Decoders;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Rerankers;

/// <summary>A golden decoder as a CausalLM's folder: under <c>model.</c>, with a language model's head, or tied to the word table. Its vocabulary has the words of the prompt.</summary>
internal sealed class CausalFolder : IDisposable
{
    private const int Words = 200;
    private const string Prompt = "yes no a : b given query and passage , determine whether the contains an answer to by providing prediction of either ' or . \n";

    private readonly TinyModelFolder folder;

    public CausalFolder(string golden, bool isTied, bool saysTied, IEnumerable<string>? words = null)
    {
        folder = new TinyModelFolder(golden, Words);
        string[] known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Prompt.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Concat(words ?? ["river", "tower", "music"]).Distinct()];
        folder.Write("vocab.txt", string.Join('\n', known.Concat(Enumerable.Range(known.Length, Words - known.Length).Select(i => $"w{i}"))));
        var items = new List<SafetensorsItem>();
        int width;
        using (var file = SafetensorsFile.Open(folder.At("model.safetensors")))
        {
            width = (int)file.Entries["embed_tokens.weight"].Shape[1];
            items.AddRange(file.Entries.Values.Select(entry => SafetensorsItem.FromFloats("model." + entry.Name, [.. entry.Shape], file.Floats(entry.Name))));
        }

        if (!isTied)
            items.Add(SafetensorsItem.FromFloats("lm_head.weight", [Words, width], Enumerable.Range(0, Words * width).Select(i => MathF.Sin(1 + i)).ToArray()));
        SafetensorsWriter.Write(folder.At("causal.safetensors"), items);
        File.Move(folder.At("causal.safetensors"), folder.At("model.safetensors"), overwrite: true);
        var config = JsonNode.Parse(File.ReadAllText(folder.At("config.json")))!;
        config["tie_word_embeddings"] = saysTied;
        folder.Write("config.json", config.ToJsonString());
    }

    public string Path => folder.Path;

    /// <summary>The logit of "yes" of a pair alone, from the decoder's own hidden states.</summary>
    public float Logit(string query, string document, ITokenizer pairs)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var files = SafetensorsSet.OpenFolder(Path);
        var json = JsonConfig.Read(folder.At("config.json"));
        using var decoder = (DecoderEncoder)Architectures.Of(json).Build(json, new FileWeights(files, null, ScalarType.Float32, "model.").Scope(""));
        var head = files.Entries.ContainsKey("lm_head.weight") ? "lm_head.weight" : "model.embed_tokens.weight";
        var ids = pairs.EncodePairs([(query, document)], options: new TokenizeOptions { MaxTokens = 512 })[0].ToArray().Select(id => (long)id).ToArray();
        var hidden = decoder.HiddenStates(tensor(ids, [1, ids.Length]), ones([1, ids.Length], ScalarType.Int64), null)[0, ids.Length - 1].data<float>().ToArray();
        var yes = files.Floats(head).AsSpan(pairs.TokenId("yes")!.Value * hidden.Length, hidden.Length);
        return System.Numerics.Tensors.TensorPrimitives.Dot(hidden, yes);
    }

    public void Dispose() => folder.Dispose();
}
