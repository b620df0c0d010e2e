using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.LanguageModels;

/// <summary>An encoder with a masked-language-model head over its own word table. The encoder is the caller's, and so are its tensor names.</summary>
public sealed class LanguageModel : nn.Module
{
    private readonly Func<Tensor, Tensor, Tensor> hidden;
    private readonly Func<Tensor> words;
    private readonly MaskedLanguageModelHead head;

    private LanguageModel(nn.Module encoder, Func<Tensor, Tensor, Tensor> hidden, Func<Tensor> words, double epsilon, WeightScope weights)
        : base(nameof(LanguageModel))
    {
        (this.hidden, this.words) = (hidden, words);
        using var table = words().detach();
        ModuleTree.Add(this, "encoder", encoder);
        head = ModuleTree.Add(this, "cls.predictions", new MaskedLanguageModelHead(table.size(0), table.size(1), epsilon, weights["cls"]["predictions"]));
    }

    /// <summary>Puts a head on an encoder.</summary>
    /// <param name="encoder">BERT, NomicBERT or a bi-encoder, whose output layers are left out.</param>
    /// <param name="weights">Of the head, under <c>cls.predictions</c>.</param>
    /// <exception cref="CdeException">The module is no such encoder.</exception>
    public static LanguageModel Of(nn.Module encoder, WeightScope weights) => encoder switch
    {
        BertEncoder bert => new(bert, (ids, mask) => bert.forward(ids, mask), () => bert.WordTable, bert.Config.Epsilon, weights),
        NomicBertEncoder nomic => new(nomic, (ids, mask) => nomic.forward(ids, mask), () => nomic.WordTable, nomic.Config.Epsilon, weights),
        BiEncoder plain => new(plain, plain.HiddenStates, () => plain.WordTable, plain.Config.Epsilon, weights),
        _ => throw new CdeException("pretraining: a model that sees a context is not pre-trained as a language model; take model.architecture bi-encoder, or a plain model in model.start"),
    };

    /// <summary>Hidden states of the last layer: ids and mask (B, T) int64 -> (B, T, d).</summary>
    public Tensor HiddenStates(Tensor ids, Tensor mask) => hidden(ids, mask);

    /// <summary>Logits of hidden states: (..., d) -> (..., V).</summary>
    public Tensor Logits(Tensor states) => head.forward(states, words());

    /// <summary>Frees the head alone.</summary>
    internal void DisposeHead() => head.Dispose();
}
