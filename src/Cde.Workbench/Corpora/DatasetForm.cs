using System.Text.Json.Serialization;

namespace Cde.Workbench.Corpora;

/// <summary>How a dataset is stored.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DatasetForm>))]
public enum DatasetForm
{
    /// <summary>The reference packs of a .NET SDK (<see cref="Corpora.DotNetApi"/>).</summary>
    [JsonStringEnumMemberName("dotnet-api")]
    DotNetApi,

    /// <summary>A folder as BEIR lays it out (<see cref="BeirFolder"/>).</summary>
    [JsonStringEnumMemberName("beir")]
    Beir,

    /// <summary>A JSONL file of documents (<see cref="JsonlCorpus"/>).</summary>
    [JsonStringEnumMemberName("jsonl")]
    Jsonl,

    /// <summary>A CSV or TSV file of documents (<see cref="DelimitedCorpus"/>).</summary>
    [JsonStringEnumMemberName("csv")]
    Csv,

    /// <summary>Training examples: a file in one of the <see cref="TrainingForms"/>, or a folder of such files.</summary>
    [JsonStringEnumMemberName("training")]
    Training,
}
