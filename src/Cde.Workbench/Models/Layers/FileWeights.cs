using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>Weights from the safetensors files of a model folder, converted to one device and precision while they are read.</summary>
/// <param name="files">The open set; stays the caller's.</param>
/// <param name="device">Where parameters are placed; the CPU where null.</param>
/// <param name="precision">Their element type.</param>
/// <param name="strip">A prefix that every name in the file carries and the model does not ask for, such as <c>bert.</c></param>
/// <param name="given">Every parameter that is given is added here, so that a load that fails half-way can free them.</param>
public sealed class FileWeights(SafetensorsSource files, Device? device, ScalarType precision, string strip = "", ICollection<Parameter>? given = null) : WeightSource
{
    /// <summary>Ends of names of buffers that older files carry, and of T5's second name for the word table.</summary>
    private static readonly string[] Computed = ["position_ids", "token_type_ids", "inv_freq", "encoder.embed_tokens.weight"];

    private readonly HashSet<string> taken = [];

    /// <summary>Opens the weights of a model folder and builds a model of them; where that fails, what was read is freed.</summary>
    /// <param name="folder">Holds <c>config.json</c> and the weights.</param>
    /// <param name="device">Where parameters are placed; the CPU where null.</param>
    /// <param name="precision">Their element type.</param>
    /// <param name="build">Makes the model of the configuration, the files and the weights.</param>
    /// <param name="storage">How linear maps keep their weights, from the moment they are read.</param>
    /// <exception cref="CdeException">A file is missing or damaged.</exception>
    internal static TModel Read<TModel>(
        string folder, Device? device, ScalarType precision, Func<JsonConfig, SafetensorsSource, FileWeights, TModel> build, WeightStorage storage = WeightStorage.AsComputed)
    {
        var given = new List<Parameter>();
        try
        {
            using var files = SafetensorsSet.OpenFolder(folder);
            return build(JsonConfig.Read(Path.Combine(folder, "config.json")), files, new FileWeights(files, device, precision, given: given) { Storage = storage });
        }
        catch
        {
            given.ForEach(parameter => parameter.Dispose());
            throw;
        }
    }

    /// <summary>Tensors of the files that the model did not ask for, such as a language model's head.</summary>
    public IReadOnlyList<string> Unused => [.. files.Entries.Keys.Where(name => !taken.Contains(name)).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Tensors that stand under the same roots as those the model asked for, and that it did not ask for: a layer too many, a part that it does not compute.
    /// Other roots are heads; tables that are computed rather than learned do not count.
    /// </summary>
    public IReadOnlyList<string> Strangers
    {
        get
        {
            var roots = taken.Select(Root).ToHashSet(StringComparer.Ordinal);
            return [.. Unused.Where(name => name.StartsWith(strip, StringComparison.Ordinal) && roots.Contains(Root(name)) && !Array.Exists(Computed, end => name.EndsWith(end, StringComparison.Ordinal)))];
        }
    }

    /// <summary>Refuses a file with <see cref="Strangers"/>: its vectors would be of another model than the one that was trained.</summary>
    /// <param name="json">The configuration that the message names.</param>
    /// <exception cref="CdeException">There are some; the first are named.</exception>
    public void RequireNoStrangers(JsonConfig json)
    {
        const int Shown = 6;
        if (Strangers is { Count: > 0 } strangers)
        {
            var rest = strangers.Count > Shown ? $" and {strangers.Count - Shown} more" : "";
            throw new CdeException($"{files.Path}: {json.Path} describes no part of the model that has the tensors {string.Join(", ", strangers.Take(Shown))}{rest}; they are of different models");
        }
    }

    /// <summary>How linear maps keep the weights that they take.</summary>
    internal WeightStorage Storage { get; init; }

    internal override WeightStorage MapStorage => Storage;

    internal override string NameInFile(string name) => strip + name;

    /// <inheritdoc/>
    public override bool Has(string name) => files.Entries.ContainsKey(strip + name);

    /// <inheritdoc/>
    public override Parameter Take(string name, params long[] shape)
    {
        var stored = strip + name;
        if (!files.Entries.TryGetValue(stored, out var entry))
            throw new CdeException($"{files.Path}: tensor {stored} is missing (expected shape {Show(shape)}); {NearestNames.Suggest(stored, files.Entries.Keys)}");
        if (!entry.Shape.SequenceEqual(shape))
            throw new CdeException($"{files.Path}: tensor {stored} has shape {Show(entry.Shape)}, config.json expects {Show(shape)}; they are of different models");
        taken.Add(stored);
        using var scope = NewDisposeScope();
        var values = tensor(files.Floats(stored), shape).to_type(precision);
        if (device is not null)
            values = values.to(device);
        var parameter = new Parameter(values.DetachFromDisposeScope(), false);
        given?.Add(parameter);
        return parameter;
    }

    private string Root(string name) => name.IndexOf('.', strip.Length) is > 0 and var end ? name[..end] : name;
}
