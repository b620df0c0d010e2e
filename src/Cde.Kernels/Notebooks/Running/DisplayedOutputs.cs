using System.Text.Json.Nodes;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Notebooks;

/// <summary>The displays of a run that have a name, so that a later cell can replace what an earlier one showed.</summary>
internal sealed class DisplayedOutputs
{
    private readonly Dictionary<string, List<JsonObject>> _byName = new(StringComparer.Ordinal);

    /// <summary>Guards the outputs of every cell: cells may write from any thread while the notebook is saved.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Remembers a display under its name.</summary>
    public void Add(string name, JsonObject output)
    {
        if (!_byName.TryGetValue(name, out var outputs))
            _byName.Add(name, outputs = []);
        outputs.Add(output);
    }

    /// <summary>Replaces every display of that name; nothing happens where there is none.</summary>
    public void Update(string name, MimeBundle bundle)
    {
        foreach (var output in _byName.GetValueOrDefault(name) ?? [])
            output["data"] = OutputNodes.Data(bundle);
    }

    /// <summary>Forgets displays that a cell has cleared.</summary>
    public void Forget(IEnumerable<JsonNode?> cleared)
    {
        var gone = cleared.OfType<JsonObject>().ToHashSet();
        foreach (var outputs in _byName.Values)
            outputs.RemoveAll(gone.Contains);
    }
}
