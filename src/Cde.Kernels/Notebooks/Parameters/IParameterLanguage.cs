using System.Text.Json.Nodes;

namespace Cde.Kernels.Notebooks;

/// <summary>A language that a parameters cell can be written in.</summary>
internal interface IParameterLanguage
{
    /// <summary>The variables that a parameters cell declares, in order.</summary>
    IReadOnlyList<DeclaredParameter> Declared(string source);

    /// <summary>The line that gives a variable its value.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="declared">Its declaration; null where the notebook has no parameters cell.</param>
    /// <param name="value">The value.</param>
    string Assign(string name, DeclaredParameter? declared, JsonNode? value);
}
