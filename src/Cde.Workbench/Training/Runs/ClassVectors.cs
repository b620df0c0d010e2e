using System.Numerics.Tensors;
using System.Text.Json;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Runs;

/// <summary>
/// The learned vectors of classes of a run with ArcFace: what a text's vector is compared with to tell its class. The file is <c>class_vectors.safetensors</c> beside
/// the model: a tensor <c>class_vectors</c> (K, d) in float32, and in the header's metadata <c>classes</c>, a JSON array of K names in the order of the rows.
/// </summary>
public sealed class ClassVectors
{
    /// <summary>The file's name, in a run's folder.</summary>
    public const string FileName = "class_vectors.safetensors";

    /// <summary>The tensor's name, also in checkpoints.</summary>
    internal const string TensorName = "class_vectors";

    private const string NamesKey = "classes";

    private readonly float[] values;

    private ClassVectors(IReadOnlyList<string> names, float[] values) => (Names, this.values, Dimension) = (names, values, values.Length / names.Count);

    /// <summary>K names of classes, in the order of the rows.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>d, the width of the model's vectors.</summary>
    public int Dimension { get; }

    /// <summary>The vector of a class (d), of any length: the loss compares directions.</summary>
    public ReadOnlySpan<float> this[int row] => values.AsSpan(row * Dimension, Dimension);

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file, or the folder that holds it.</param>
    /// <exception cref="CdeException">It is missing or damaged, or its names are not those of its rows.</exception>
    public static ClassVectors Load(string path)
    {
        if (Directory.Exists(path))
            path = Path.Combine(path, FileName);
        using var file = SafetensorsFile.Open(path);
        if (!file.Entries.TryGetValue(TensorName, out var entry) || entry.Shape is not [> 0, > 0])
            throw new CdeException($"{path}: there is no tensor {TensorName} (classes, width); name the {FileName} of a run with loss arcface");
        var names = NamesOf(path, file);
        return names.Count == entry.Shape[0] ? new ClassVectors(names, file.Floats(TensorName))
            : throw new CdeException($"{path}: metadata \"{NamesKey}\" has {names.Count} names for {entry.Shape[0]} rows; the file is damaged: train again, or take the run's own");
    }

    /// <summary>The cosines of a text's vector (d) with the classes, (K).</summary>
    /// <param name="vector">Of the run's model, embedded as a query.</param>
    /// <exception cref="CdeException">It has another width.</exception>
    public float[] Cosines(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimension)
            throw new CdeException($"the vector has {vector.Length} dimensions, the classes have {Dimension}; embed with the model that was trained with them");
        var cosines = new float[Names.Count];
        for (var row = 0; row < cosines.Length; row++)
            cosines[row] = TensorPrimitives.CosineSimilarity(vector, this[row]);
        return cosines;
    }

    /// <summary>The class whose vector is nearest to a text's (d) by cosine; of equals the first.</summary>
    /// <param name="vector">As <see cref="Cosines"/> takes it.</param>
    public (string Name, float Cosine) Nearest(ReadOnlySpan<float> vector)
    {
        var cosines = Cosines(vector);
        var best = TensorPrimitives.IndexOfMax(cosines);
        return (Names[best], cosines[best]);
    }

    /// <summary>The values of a moment.</summary>
    /// <param name="names">K names.</param>
    /// <param name="vectors">(K, d) in float32.</param>
    internal static ClassVectors Of(IReadOnlyList<string> names, TorchSharp.torch.Tensor vectors)
    {
        using var here = vectors.detach().cpu();
        return new ClassVectors(names, here.data<float>().ToArray());
    }

    /// <summary>Writes the file.</summary>
    internal void Save(string path)
    {
        using var rows = tensor(values, [Names.Count, Dimension]);
        TensorFile.Write(path, [(TensorName, rows)], metadata: new Dictionary<string, string> { [NamesKey] = JsonSerializer.Serialize(Names) });
    }

    private static List<string> NamesOf(string path, SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue(NamesKey, out var json))
            throw new CdeException($"{path}: the header's metadata has no \"{NamesKey}\" (a JSON array of the classes' names); name the {FileName} of a run with loss arcface");
        try
        {
            return JsonSerializer.Deserialize<List<string>>(json) is { } names && names.TrueForAll(name => name is not null) ? names : throw new JsonException();
        }
        catch (JsonException error)
        {
            throw new CdeException($"{path}: metadata \"{NamesKey}\" is no JSON array of texts; the file is damaged", error);
        }
    }
}
