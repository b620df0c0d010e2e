using Cde.Kernels.Commands;
using Cde.Workbench.Figures;

namespace Cde.Kernels.Displays;

/// <summary>What knows itself how it looks: results of commands, views, figures.</summary>
internal static class Views
{
    /// <summary>The view; null for anything else.</summary>
    public static Node? Describe(object value, Description at) => value switch
    {
        CommandResult result => Of(TypeName.Of(value.GetType()), result.Describe(), at),
        View view => Of("View", view, at),
        Block block => Of(TypeName.Of(value.GetType()), new View(block), at),
        Figure figure => Of(figure.Title, new View(new Drawing(figure)), at),
        _ => null,
    };

    private static Node Of(string name, View view, Description at) =>
        at.IsWhole ? new Viewed(view) : at.IsDeepest ? new Leaf(name, LeafKind.Muted) : new Fold(name, new Viewed(view));
}
