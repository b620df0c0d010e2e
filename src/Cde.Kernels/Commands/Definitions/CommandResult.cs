using System.Text.Json.Serialization;
using Cde.Kernels.Displays;

namespace Cde.Kernels.Commands;

/// <summary>What a command returns: plain data, its provenance, and how it looks.</summary>
public abstract record CommandResult
{
    /// <summary>What the result was made from.</summary>
    [JsonIgnore]
    public Provenance Provenance { get; init; } = new();

    /// <summary>Why the command counts as failed although it has a result, in one line; null where it does not.</summary>
    [JsonIgnore]
    public virtual string? Failure => null;

    /// <summary>What the shell prints as it stands in place of the blocks, such as a file's text; null for the blocks.</summary>
    [JsonIgnore]
    public virtual string? PlainText => null;

    /// <summary>The result as blocks, which a host renders as text or HTML.</summary>
    public abstract View Describe();
}
