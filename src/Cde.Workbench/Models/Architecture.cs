using Cde.Workbench.Models.Layers;

namespace Cde.Workbench.Models;

/// <summary>One architecture that is computed here: how a <c>model_type</c> of a <c>config.json</c> becomes an encoder.</summary>
/// <param name="ModelType">The name in <c>config.json</c>.</param>
/// <param name="Anchor">A tensor that every checkpoint of it has once, by the name that the encoder asks for.</param>
/// <param name="Build">Makes the encoder; refuses a configuration that it does not compute.</param>
internal sealed record Architecture(string ModelType, string Anchor, Func<JsonConfig, WeightScope, TokenEncoder> Build)
{
    /// <summary>The keys of <c>config.json</c> that hold probabilities of dropout in training; none where the architecture is trained without.</summary>
    public IReadOnlyList<string> DropoutKeys { get; init; } = [];

    /// <summary>Whether it is a language model whose tokens see what is in front of them alone.</summary>
    public bool IsDecoder { get; init; }

    /// <summary>
    /// What a checkpoint puts in front of every name: <c>bert.</c> where the encoder was saved inside a model with a head, nothing where it stands alone.
    /// </summary>
    /// <exception cref="CdeException">The file holds several encoders of this kind.</exception>
    public string Prefix(SafetensorsSource files)
    {
        var prefixes = Prefixes(files);
        return prefixes.Count > 1 && prefixes[0].Length > 0
            ? throw new CdeException($"{files.Path} holds {prefixes.Count} encoders, {string.Join(" and ", prefixes.Select(prefix => prefix + Anchor))}; expected one")
            : prefixes.FirstOrDefault("");
    }

    /// <summary>The prefixes of every encoder of this kind in a file, in the order of their names.</summary>
    public IReadOnlyList<string> Prefixes(SafetensorsSource files) =>
    [
        .. files.Entries.Keys
            .Where(name => name == Anchor || name.EndsWith("." + Anchor, StringComparison.Ordinal))
            .Select(name => name[..^Anchor.Length])
            .Order(StringComparer.Ordinal),
    ];
}
