using System.Text.Json.Serialization;

namespace Cde.Workbench.Search;

/// <summary>How many bits a component of a stored vector has.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VectorPrecision>))]
public enum VectorPrecision
{
    /// <summary>32 bits: 4 bytes a component.</summary>
    Float32,

    /// <summary>8 bits, -128 to 127 over the component's range.</summary>
    Int8,

    /// <summary>8 bits, 0 to 255 over the component's range.</summary>
    Uint8,

    /// <summary>1 bit: whether the component is above 0.</summary>
    Binary,
}
