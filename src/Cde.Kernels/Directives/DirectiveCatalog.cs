using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary>The magics of a notebook, by name.</summary>
public sealed class DirectiveCatalog
{
    private readonly List<IDirective> _directives = [];

    /// <summary>The magics, in the order in which they were added.</summary>
    public IReadOnlyList<IDirective> All => _directives;

    /// <summary>Adds a magic.</summary>
    /// <exception cref="CdeException">Its name or an alias is taken.</exception>
    public DirectiveCatalog Add(IDirective directive)
    {
        foreach (var name in directive.Aliases.Prepend(directive.Name))
        {
            if (Find(name) is { } present)
                throw new CdeException($"#!{name}: the name is taken by the magic #!{present.Name}");
        }

        _directives.Add(directive);
        return this;
    }

    /// <summary>The magic of a name or alias, letter case aside; null where there is none.</summary>
    /// <param name="name">The name without <c>#!</c>.</param>
    public IDirective? Find(string name) =>
        _directives.Find(directive => directive.Aliases.Prepend(directive.Name).Contains(name, StringComparer.OrdinalIgnoreCase));
}
