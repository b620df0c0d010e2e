using System.Globalization;
using TorchSharp.Modules;

namespace Cde.Workbench.Models.Layers;

/// <summary>Where a layer's weights come from while a model is built: a file (<see cref="FileWeights"/>) or a seeded start (<see cref="InitialWeights"/>).</summary>
public abstract class WeightSource
{
    /// <summary>The parameter of that full name, in this shape.</summary>
    /// <exception cref="CdeException">The source has no such tensor, or it has another shape.</exception>
    public abstract Parameter Take(string name, params long[] shape);

    /// <summary>Whether the source can give a tensor of that full name. A seeded start can give any.</summary>
    public abstract bool Has(string name);

    /// <summary>How linear maps that are built of these weights keep them.</summary>
    internal virtual WeightStorage MapStorage => WeightStorage.AsComputed;

    /// <summary>What a tensor of that full name is called in the files that it is read from; null for one that is made.</summary>
    internal virtual string? NameInFile(string name) => null;

    /// <summary>The scope of names that start with <paramref name="prefix"/> and a dot.</summary>
    public WeightScope Scope(string prefix) => new(this, prefix.Length == 0 ? "" : prefix + ".");

    /// <summary>A shape as messages show it: <c>[2304, 768]</c>.</summary>
    internal static string Show(IEnumerable<long> shape) =>
        "[" + string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture))) + "]";
}

/// <summary>A source seen from one place of the module tree: names are relative to it.</summary>
public readonly struct WeightScope(WeightSource source, string prefix)
{
    /// <summary>The scope of the submodule <paramref name="name"/>.</summary>
    public WeightScope this[string name] => new(source, prefix + name + ".");

    /// <summary>The parameter <paramref name="name"/> of this scope.</summary>
    /// <exception cref="CdeException">It is missing or has another shape.</exception>
    public Parameter Take(string name, params long[] shape) => source.Take(prefix + name, shape);

    /// <summary>Whether this scope can give <paramref name="name"/>.</summary>
    public bool Has(string name) => source.Has(prefix + name);

    /// <summary>How a linear map of this scope keeps its weight.</summary>
    internal WeightStorage MapStorage => source.MapStorage;

    /// <summary>What <paramref name="name"/> is called in the files; null for what is made.</summary>
    internal string? NameInFile(string name) => source.NameInFile(prefix + name);

    /// <summary>Whether these weights are read rather than made.</summary>
    public bool IsFile => source is FileWeights;

    /// <summary>The module tree's element type, for buffers that are computed rather than read.</summary>
    public override string ToString() => prefix;
}
