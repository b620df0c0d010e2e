using Cde.Kernels.Cells;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>What magics see of the engine that runs them.</summary>
public interface IDirectiveHost
{
    /// <summary>The languages, the default one first; connections are among them.</summary>
    IReadOnlyList<ILanguage> Languages { get; }

    /// <summary>The magics.</summary>
    DirectiveCatalog Directives { get; }

    /// <summary>The folder from which relative paths count: the notebook's.</summary>
    string Folder { get; }

    /// <summary>Adds a language, such as a connection; one of the same name is replaced.</summary>
    void Add(ILanguage language);

    /// <summary>Runs another cell inside the running one, its outputs among the running cell's.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="within">The running cell.</param>
    /// <exception cref="CellFailedException">It failed; lines count inside that cell.</exception>
    Task RunAsync(CellRequest cell, CellContext within);
}
