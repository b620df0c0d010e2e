using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.LanguageModels;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Pretraining;

/// <summary>An encoder with what an objective of pre-training puts around it: how it reads a batch, and what it makes of it.</summary>
internal abstract class PretrainedModel : IDisposable
{
    /// <summary>Encoder, head and, for RetroMAE, decoder: what moves.</summary>
    public abstract nn.Module Module { get; }

    /// <summary>Hides tokens of some texts.</summary>
    /// <param name="tokens">Tokenised texts.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="seed">The same seed gives the same batch.</param>
    public abstract IDisposable Batch(TokenBatch tokens, IReadOnlyList<int> rows, long seed);

    /// <summary>How many tokens are asked for: of the encoder and, for RetroMAE, of the decoder, as <see cref="Read"/> lists them.</summary>
    public abstract IReadOnlyList<long> Asked(IDisposable batch);

    /// <summary>What is said of the hidden tokens, each its own part of the loss, and a vector of each text (B, d).</summary>
    public abstract (IReadOnlyList<HiddenTokens> Parts, Tensor Vectors) Read(IDisposable batch);

    /// <summary>Puts the objective around a run's model.</summary>
    /// <param name="training">The run's model, which stays its own.</param>
    /// <param name="options">Objective and masks.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="seed">Of the new weights.</param>
    /// <param name="device">Where the model lives.</param>
    /// <exception cref="CdeException">The objective has no such model.</exception>
    public static PretrainedModel Of(TrainingModel training, PretrainingOptions options, WordPieceTokenizer tokenizer, long seed, Device device)
    {
        var weights = new InitialWeights(seed, device).Scope("");
        var encoder = new TokenMasking(tokenizer, new() { Share = options.EncoderShare, WholeWords = options.WholeWords });
        if (options.Objective == PretrainingObjective.MaskedLanguageModel)
            return new MaskedPretraining(LanguageModel.Of(training.Module, weights), encoder, tokenizer.PadId, device);
        if (training.Module is not BertEncoder bert)
            throw new CdeException("pretraining.objective retro-mae pre-trains BERT models; name one in model.start, or take masked-language-model");
        var decoder = new TokenMasking(tokenizer, new() { Share = options.DecoderMaskShare, WholeWords = options.WholeWords });
        return new RetroMaePretraining(new RetroMaeModel(bert, weights), encoder, decoder, tokenizer.PadId, device);
    }

    public abstract void Dispose();
}
