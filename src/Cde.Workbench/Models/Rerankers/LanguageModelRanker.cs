using Cde.Workbench.Models.Decoders;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Rerankers;

/// <summary>
/// A decoder with its language model's head that is asked whether a document answers a query (<see cref="RankingPrompt"/>): the score is the logit of "Yes" behind the
/// last token (FlagEmbedding's FlagLLMReranker, open-retrievals' LLMRanker). Tensor names are the checkpoint's.
/// </summary>
internal sealed class LanguageModelRanker : PairScorer
{
    private readonly DecoderEncoder decoder;
    private readonly LookupTable? head;
    private readonly int answer;

    private LanguageModelRanker(string path, DecoderEncoder decoder, LookupTable? head, int answer)
        : base(nameof(LanguageModelRanker))
    {
        this.decoder = ModuleTree.Add(this, path, decoder);
        this.head = head is null ? null : ModuleTree.Add(this, "lm_head", head);
        this.answer = answer;
    }

    /// <inheritdoc/>
    public override int MaxTokens => decoder.MaxTokens;

    /// <summary>Whether a configuration is a decoder's.</summary>
    public static bool Describes(JsonConfig json) => Architectures.IsDecoder(json);

    /// <summary>Reads the weights of a model folder.</summary>
    /// <param name="folder">Holds <c>config.json</c> and the weights of a CausalLM.</param>
    /// <param name="tokenizer">Its tokenizer, which says the id of the answer.</param>
    /// <param name="device">Where it computes; the CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="config">Stands in for its <c>config.json</c>, and may keep fewer layers; null for its own.</param>
    /// <param name="storage">How linear maps keep their weights, from the moment they are read.</param>
    /// <exception cref="CdeException">A file is missing or damaged, or of a model without a head or that is not computed here.</exception>
    public static LanguageModelRanker Read(
        string folder, ITokenizer tokenizer, Device? device = null, ScalarType precision = ScalarType.Float32, JsonConfig? config = null, WeightStorage storage = WeightStorage.AsComputed) =>
        FileWeights.Read(folder, device, precision, (own, files, weights) =>
        {
            var json = config ?? own;
            var architecture = Architectures.Of(json);
            var path = architecture.Prefix(files).TrimEnd('.');
            if (path.Length == 0)
                throw new CdeException($"{files.Path}: the decoder stands alone, without its language model's head; name the folder of a CausalLM, or embed with this model");
            var decoder = (DecoderEncoder)architecture.Build(json, weights.Scope(path));
            var isTied = !weights.Has("lm_head.weight") && json.Flag("tie_word_embeddings", false);
            var head = isTied ? null : new LookupTable(weights.Scope("lm_head"), decoder.Config.VocabularySize, decoder.Width);
            if (config is null)
                weights.RequireNoStrangers(json);
            return new LanguageModelRanker(path, decoder, head, RankingPrompt.AnswerId(tokenizer));
        }, storage);

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor mask, Tensor? typeIds = null)
    {
        using var scope = NewDisposeScope();
        var row = (head ?? decoder.Words).Row(answer); // (d)
        var last = Pooling.LastToken(decoder.forward(ids, mask), mask).to_type(row.dtype); // (B, d)
        return last.matmul(row).MoveToOuterDisposeScope();
    }
}
