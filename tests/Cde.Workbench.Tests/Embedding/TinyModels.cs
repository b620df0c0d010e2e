using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Embedding;

/// <summary>Model folders of a few thousand seeded weights, written and loaded as real ones are.</summary>
internal static class TinyModels
{
    public const int ContextSize = 5;

    private static readonly NomicBertConfig Backbone = new()
    {
        VocabularySize = 5 + 26 + 26,
        Width = 32,
        Layers = 2,
        Heads = 4,
        Inner = 256,
    };

    /// <summary>Loads a new model: "plain", "prefix", "full", or "prefix, 2 vectors a document".</summary>
    public static EmbeddingModel Load(TemporaryFolder folder, string kind, long seed = 1, ScalarType precision = ScalarType.Float32)
    {
        var letters = Enumerable.Range('a', 26).Select(letter => $"{(char)letter}").ToArray();
        folder.Write("tokenizer/vocab.txt", string.Join('\n', ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. letters, .. letters.Select(letter => $"##{letter}")]));
        folder.Write("tokenizer/tokenizer_config.json", """{"do_lower_case": true, "tokenizer_class": "BertTokenizer"}""");
        var path = folder[$"{kind} {seed}"];
        var writer = new ModelFolderWriter(path, folder["tokenizer"], new Dictionary<string, string> { ["query"] = "q ", ["document"] = "d " });
        using (var scope = NewDisposeScope())
        {
            var weights = new InitialWeights(seed).Scope("");
            if (kind == "plain")
            {
                using var model = new BiEncoder(Backbone, weights);
                writer.Write(model, maxTokens: 40);
            }
            else
            {
                var config = new ContextualConfig
                {
                    Backbone = Backbone,
                    CorpusSize = ContextSize,
                    MaxTokens = 40,
                    SequenceDropout = 0.1,
                    TokensPerDocument = kind.EndsWith("2 vectors a document", StringComparison.Ordinal) ? 2 : 1,
                    ContextAttention = kind == "full" ? ContextAttention.Full : ContextAttention.Prefix,
                };
                using var model = new ContextualEncoder(config, weights);
                writer.Write(model);
            }
        }

        return EmbeddingModel.Load(path, precision: precision);
    }
}
