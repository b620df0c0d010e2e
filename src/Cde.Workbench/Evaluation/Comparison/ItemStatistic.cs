using System.Text.Json.Serialization;

namespace Cde.Workbench.Evaluation;

/// <summary>How what is known of items becomes the score of a task.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ItemStatistic>))]
public enum ItemStatistic
{
    /// <summary>The mean of the items' values.</summary>
    Mean,

    /// <summary>Spearman's correlation of what the system says with what people say (<see cref="SpearmanStatistic"/>).</summary>
    Spearman,

    /// <summary>The best average precision of several similarities (<see cref="AveragePrecisionStatistic"/>).</summary>
    AveragePrecision,

    /// <summary>The V-measure of clusters with labels, the mean over starts (<see cref="VMeasureStatistic"/>).</summary>
    VMeasure,
}
