using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Cde.Workbench.Training;

/// <summary>How weights are moved before the second pass of a step.</summary>
public enum AdversarialKind
{
    /// <summary>Not at all: a step has one pass.</summary>
    None,

    /// <summary>One step along the gradient (fast gradient method, Miyato et al. 2017).</summary>
    Fgm,

    /// <summary>Several steps along the gradient within a ball (projected gradient descent, Madry et al. 2018).</summary>
    Pgd,

    /// <summary>Weights moved by a share of their own length (adversarial weight perturbation, Wu et al. 2020).</summary>
    Awp,
}

/// <summary>Adversarial training: each step also learns where the loss is worst nearby: section <c>adversarial</c>.</summary>
public sealed record AdversarialOptions
{
    /// <summary>How.</summary>
    [Description("Learn each step's batches once more with weights moved to where the loss is worse: fgm and pgd move word embeddings, awp all matrices; none takes plain steps")]
    public AdversarialKind Kind { get; init; } = AdversarialKind.None;

    /// <summary>How far a parameter is moved at most: an L2 length, of <see cref="AdversarialKind.Awp"/> a share of the parameter's own.</summary>
    [Description("How far a parameter is moved at most: an L2 length, for awp a share of the parameter's own; null for 1, for awp 0.005")]
    [Range(1e-9, 1000.0)]
    public double? Epsilon { get; init; }

    /// <summary>How far one step moves it, in the unit of <see cref="Epsilon"/>.</summary>
    [Description("How far one step of pgd or awp moves it, as epsilon is counted; null for 0.3, for awp epsilon")]
    [Range(1e-9, 1000.0)]
    public double? Alpha { get; init; }

    /// <summary>Steps along the gradient, each a pass forward and back.</summary>
    [Description("Steps of pgd or awp, each one more pass forward and back; null for 3, for awp 1")]
    [Range(1, 100)]
    public int? Steps { get; init; }

    /// <summary>Optimiser steps that are taken plainly first.</summary>
    [Description("Steps of the run that are taken without it first")]
    [Range(0, 10_000_000)]
    public int StartStep { get; init; }

    /// <summary>Which parameters are moved: names, <c>*</c> standing for any part; empty for the kind's own.</summary>
    [Description("Parameters that are moved: names, * standing for any part; empty for the word embeddings, for awp all matrices that train")]
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Whether steps have it.</summary>
    [JsonIgnore]
    public bool IsOn => Kind != AdversarialKind.None;
}
