using System.Text.Json.Serialization;

namespace Cde.Workbench.Search;

/// <summary>How the documents that quantized vectors found are put in order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Rescoring>))]
public enum Rescoring
{
    /// <summary>By the quantized vectors of both sides alone.</summary>
    None,

    /// <summary>By the query in float32 and the document's codes, as sentence-transformers rescores: bits as 0 and 1, bytes as they are.</summary>
    Codes,

    /// <summary>By the query in float32 and the document's codes in the component's own range: the bytes' values, bits as -1 and 1.</summary>
    Values,
}
