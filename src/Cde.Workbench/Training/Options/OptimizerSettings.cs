using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>How parameters move, AdamW (Loshchilov and Hutter 2019): section <c>optimizer</c>.</summary>
public sealed record OptimizerSettings
{
    /// <summary>Peak learning rate.</summary>
    [Description("Peak learning rate")]
    [Range(1e-9, 1.0)]
    public double LearningRate { get; init; } = 6e-4;

    /// <summary>Decay of the average gradient.</summary>
    [Description("Decay of the average gradient")]
    [Range(0.0, 0.9999)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the average squared gradient.</summary>
    [Description("Decay of the average squared gradient")]
    [Range(0.0, 0.999999)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the average squared gradient.</summary>
    [Description("Added to the root of the average squared gradient")]
    [Range(1e-16, 1.0)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Decoupled weight decay, on matrices only: norm weights, biases and the null vector are not decayed, as in BERT and cde, unless <see cref="DecayVectors"/>.</summary>
    [Description("Decoupled weight decay, on matrices only")]
    [Range(0.0, 1.0)]
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Whether norm weights, biases and other vectors are decayed as well.</summary>
    [Description("Whether norm weights, biases and other vectors are decayed as well")]
    public bool DecayVectors { get; init; }

    /// <summary>Largest gradient norm before an update; 0 for no clipping.</summary>
    [Description("Largest gradient norm before an update; 0 for no clipping")]
    [Range(0.0, 1e6)]
    public double ClipNorm { get; init; } = 1.0;

    /// <summary>Factor on the learning rate of each layer below the last, once more for the embeddings (Howard and Ruder 2018); 1 for the same everywhere.</summary>
    [Description("Factor on the learning rate from each layer to the one below, and to the embeddings; 1 for the same everywhere")]
    [Range(0.01, 1.0)]
    public double LayerDecay { get; init; } = 1.0;

    /// <summary>Factor on the learning rate of what stands behind the encoder: a reranker's head, ColBERT's linear map, the head of pre-training, the vectors of classes.</summary>
    /// <value>Default 1; open-retrievals trains a reranker's head at 20.</value>
    [Description("Factor on the learning rate of what stands behind the encoder: a reranker's head, ColBERT's linear map, the head of pre-training, the vectors of classes")]
    [Range(0.01, 1000.0)]
    public double HeadFactor { get; init; } = 1.0;

    /// <summary>Factors on the learning rate of parameters whose names match, <c>*</c> standing for any part: <c>{"*mlp.*": 20}</c>. The last that matches counts.</summary>
    [Description("Factors on the learning rate of parameters by name, * standing for any part; the last that matches counts")]
    public IReadOnlyDictionary<string, double> RateFactors { get; init; } = new Dictionary<string, double>();

    /// <summary>Parameters that do not move: names, <c>*</c> standing for any part.</summary>
    [Description("Parameters that do not move: names, * standing for any part")]
    public IReadOnlyList<string> Freeze { get; init; } = [];

    /// <summary>Steps after which the parameters of <see cref="Freeze"/> move as well, with moments that begin there (GISTEmbed's <c>freeze_base_num_steps</c>); 0 keeps them for the whole run.</summary>
    [Description("Steps after which the parameters of optimizer.freeze move as well; 0 keeps them for the whole run")]
    [Range(0, 10_000_000)]
    public int FreezeSteps { get; init; }
}
