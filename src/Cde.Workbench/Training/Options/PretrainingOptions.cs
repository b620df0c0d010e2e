using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Cde.Workbench.Training;

/// <summary>What a run pre-trains for.</summary>
public enum PretrainingObjective
{
    /// <summary>Nothing: vectors are trained, with the loss of the section <c>loss</c>.</summary>
    None,

    /// <summary>Hidden tokens of the text (Devlin et al. 2019).</summary>
    MaskedLanguageModel,

    /// <summary>Hidden tokens, and the whole text from its vector by a weak decoder (Xiao et al. 2022).</summary>
    RetroMae,
}

/// <summary>Pre-training on the documents of the corpora in place of training on pairs: section <c>pretraining</c>. The model that it writes is one to start from.</summary>
public sealed record PretrainingOptions
{
    /// <summary>What for.</summary>
    [Description("Pre-train on the documents of the corpora, to go on from in model.start: hidden tokens, or retro-mae for BERT models; none trains vectors with the loss")]
    public PretrainingObjective Objective { get; init; } = PretrainingObjective.None;

    /// <summary>Share of a text's tokens that is hidden from the encoder; 0 for the paper's.</summary>
    [Description("Share of a text's tokens that is hidden from the encoder; 0 for the papers' (0.15, and 0.3 of retro-mae)")]
    [Range(0.0, 0.95)]
    public double MaskShare { get; init; }

    /// <summary>Share of a text's tokens that is hidden from each row of RetroMAE's decoder.</summary>
    [Description("Share of a text's tokens that is hidden from each row of retro-mae's decoder")]
    [Range(0.05, 0.95)]
    public double DecoderMaskShare { get; init; } = 0.5;

    /// <summary>Whether all pieces of a word are hidden together.</summary>
    [Description("Hide all pieces of a word together")]
    public bool WholeWords { get; init; } = true;

    /// <summary>Whether the run pre-trains.</summary>
    [JsonIgnore]
    public bool IsOn => Objective != PretrainingObjective.None;

    /// <summary><see cref="MaskShare"/>, or the paper's.</summary>
    internal double EncoderShare => MaskShare > 0 ? MaskShare : Objective == PretrainingObjective.RetroMae ? 0.3 : 0.15;
}
