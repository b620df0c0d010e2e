namespace Cde.Kernels.Notebooks;

/// <summary>A variable that a notebook's parameters cell declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds, as far as its declaration tells.</param>
internal sealed record DeclaredParameter(string Name, ParameterKind Kind)
{
    /// <summary>What a number's literal ends with, such as <c>f</c> or <c>m</c>; empty for none.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>What stands before the name when it is declared anew, such as <c>const int</c> or <c>let mutable</c>; empty where it is assigned.</summary>
    public string Declaration { get; init; } = "";

    /// <summary>The type that F# wrote behind the name; empty for none.</summary>
    public string Annotation { get; init; } = "";
}

/// <summary>What a parameter holds.</summary>
internal enum ParameterKind
{
    /// <summary>The declaration does not tell: the value's own form does.</summary>
    Any,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Real,

    /// <summary>True or false.</summary>
    Boolean,
}
