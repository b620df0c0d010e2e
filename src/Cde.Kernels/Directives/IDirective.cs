using Cde.Kernels.Cells;

namespace Cde.Kernels.Directives;

/// <summary>A magic: what a line <c>#!name ...</c> does. One instance lives as long as its engine.</summary>
public interface IDirective
{
    /// <summary>The name without <c>#!</c>.</summary>
    string Name { get; }

    /// <summary>Other names.</summary>
    IReadOnlyList<string> Aliases => [];

    /// <summary>Under which heading lists show it.</summary>
    DirectiveGroup Group { get; }

    /// <summary>What it does, in one line.</summary>
    string Summary { get; }

    /// <summary>More about it, as paragraphs; may be empty.</summary>
    string Description => "";

    /// <summary>What it takes, where it has no subcommands.</summary>
    IReadOnlyList<DirectiveParameter> Parameters => [];

    /// <summary>Lines worth trying, with <c>#!</c>.</summary>
    IReadOnlyList<string> Examples => [];

    /// <summary>The ways to write it: one a subcommand, or one for all.</summary>
    IReadOnlyList<DirectiveForm> Forms => [new DirectiveForm("", Summary, Parameters) { Description = Description, Examples = Examples }];

    /// <summary>Looks at what the line says before any part of the cell runs.</summary>
    /// <exception cref="CellFailedException">A value that needs no evaluation is wrong.</exception>
    void Check(DirectiveArguments arguments)
    {
    }

    /// <summary>The languages that exist once the line has run: connections by name. Later lines of the same cell may select them.</summary>
    IEnumerable<string> Declares(DirectiveArguments arguments) => [];

    /// <summary>
    /// The language of the lines that follow, where the line is a selector of that language rather than something to run: what stands behind
    /// the name is then given to the language. Null where the line runs.
    /// </summary>
    string? Selects(DirectiveArguments arguments) => null;

    /// <summary>Runs the line.</summary>
    /// <exception cref="Cde.Workbench.CdeException">It failed; the reason in one line.</exception>
    Task RunAsync(DirectiveContext context);
}

/// <summary>The headings of the list of magics, in order.</summary>
public enum DirectiveGroup
{
    /// <summary>The commands of the workbench.</summary>
    Workbench,

    /// <summary>Variables, and values that pass between languages.</summary>
    Values,

    /// <summary>Running: timing, imports, connections.</summary>
    Running,

    /// <summary>What there is, and how it is written.</summary>
    Help,
}
