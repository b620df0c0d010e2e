namespace Cde.Kernels.Notebooks;

/// <summary>What a notebook's cell holds.</summary>
public enum CellKind
{
    /// <summary>Code, which is run.</summary>
    Code,

    /// <summary>Text in Markdown.</summary>
    Markdown,

    /// <summary>Text that no front end touches (nbconvert may).</summary>
    Raw,
}
