using Cde.Kernels.Cells;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>A language that cells are written in. One instance lives as long as its engine and keeps the state of all its cells.</summary>
public interface ILanguage
{
    /// <summary>The name that <c>#!name</c> selects and notebooks store: <c>csharp</c>, <c>sql</c>.</summary>
    string Name { get; }

    /// <summary>Other names: <c>c#</c>, <c>cs</c>.</summary>
    IReadOnlyList<string> Aliases { get; }

    /// <summary>How people call it: <c>C#</c>.</summary>
    string DisplayName { get; }

    /// <summary>Runs code. Called on the shell's execution thread, whose synchronization context carries every continuation.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cell">The running cell: output, name, options of the selector line.</param>
    /// <returns>The value of the last expression, wrapped; null where there is none (a null value is wrapped too).</returns>
    /// <exception cref="CellFailedException">It does not compile, or its code failed. Lines count inside <paramref name="code"/>.</exception>
    Task<CellValue?> RunAsync(string code, CellContext cell);
}

/// <summary>A language that can say what could stand, what stands, and whether the code is whole. Positions are UTF-16 units.</summary>
public interface ILanguageServices
{
    /// <summary>What could stand at a position.</summary>
    Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation);

    /// <summary>What stands at a position; null where nothing is known of it.</summary>
    Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation);

    /// <summary>Whether the code could be run as it stands.</summary>
    Completeness Check(string code);
}

/// <summary>A language whose cells declare variables.</summary>
public interface IVariables
{
    /// <summary>The variables, the newest declaration of each name, by name.</summary>
    IReadOnlyList<Variable> List();

    /// <summary>The value of a variable.</summary>
    /// <returns>Whether there is one of that name.</returns>
    bool TryGet(string name, out Variable variable);

    /// <summary>Declares a variable; an earlier one of that name is hidden.</summary>
    /// <param name="name">Its name, an identifier of the language.</param>
    /// <param name="value">Its value.</param>
    /// <param name="type">Its type; the value's own where null.</param>
    /// <exception cref="CdeException">The name is none.</exception>
    Task SetAsync(string name, object? value, Type? type = null);
}

/// <summary>A variable of a language.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type.</param>
/// <param name="Value">Its value.</param>
public readonly record struct Variable(string Name, Type Type, object? Value);

/// <summary>The value of a cell's last expression.</summary>
/// <param name="Value">The value.</param>
public sealed record CellValue(object? Value);
