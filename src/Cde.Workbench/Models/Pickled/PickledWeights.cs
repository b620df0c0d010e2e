using System.Collections.Concurrent;

namespace Cde.Workbench.Models.Pickled;

/// <summary>
/// A checkpoint as torch.save writes it since PyTorch 1.6 (<c>pytorch_model.bin</c>): a zip archive of a pickle and the numbers, read in place. The pickle goes
/// through <see cref="PickleMachine"/>, which runs nothing; every tensor is checked against the numbers that are there.
/// </summary>
public sealed class PickledWeights : SafetensorsSource
{
    /// <summary>What messages end with.</summary>
    internal const string WayOut = "Convert it where you trust it: python -c \"import torch, safetensors.torch as s; s.save_file(torch.load('pytorch_model.bin'), 'model.safetensors')\"";

    private const long MaxPickleBytes = 64 << 20;
    private const string PickleName = "/data.pkl";

    private static readonly string[] StateNames = ["state_dict", "model_state_dict", "model"];

    private readonly MappedFile file;
    private readonly Dictionary<string, (long Offset, long Length)> archive;
    private readonly OrderedDictionary<string, SafetensorsEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PickleValue.Tensor> scattered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> gathered = new(StringComparer.Ordinal);
    private readonly string prefix;

    private PickledWeights(MappedFile file)
    {
        this.file = file;
        if (file.Length < 4 || !file.Slice(0, 2).SequenceEqual("PK"u8))
            throw new CdeException($"{Path} is no zip archive: weights of the form before PyTorch 1.6 are a bare pickle, which is not read here. {WayOut}");
        archive = ZipDirectory.Read(file);
        var pickles = archive.Keys.Where(name => name.EndsWith(PickleName, StringComparison.Ordinal)).ToList();
        if (pickles.Count != 1)
            throw Refuse($"it holds {pickles.Count} files data.pkl where a checkpoint has one");
        if (archive.Keys.FirstOrDefault(name => name.EndsWith("/constants.pkl", StringComparison.Ordinal)) is not null)
            throw Refuse("it is a TorchScript program, not weights");
        prefix = pickles[0][..^PickleName.Length];
        if (archive.TryGetValue(prefix + "/byteorder", out var order) && !file.Slice(order.Offset, (int)Math.Min(order.Length, 6)).SequenceEqual("little"u8))
            throw Refuse("its numbers are not little-endian");
        var (offset, length) = archive[pickles[0]];
        if (length > MaxPickleBytes)
            throw Refuse($"its pickle has {length} bytes; at most {MaxPickleBytes} are read");
        foreach (var (name, tensor) in Tensors(new PickleMachine(Path, file.Slice(offset, (int)length).ToArray()).Run()))
            Add(name, tensor);
    }

    /// <inheritdoc/>
    public override string Path => file.Path;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, SafetensorsEntry> Entries => entries;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>Opens and checks a file.</summary>
    /// <exception cref="CdeException">It is absent, of the old form, damaged, or holds more than tensors.</exception>
    public static PickledWeights Open(string path)
    {
        var file = MappedFile.Open(path);
        try
        {
            return new PickledWeights(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Bytes(string name, long offset, int count)
    {
        var entry = Entry(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, entry.Length - offset);
        return scattered.TryGetValue(name, out var tensor)
            ? gathered.GetOrAdd(name, _ => Gather(tensor, entry)).AsSpan((int)offset, count)
            : file.Slice(entry.Offset + offset, count);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => file.Dispose();

    /// <summary>The tensors of a state dict, on the top or under one of the usual names; what else stands beside them is left out.</summary>
    private List<(string Name, PickleValue.Tensor Tensor)> Tensors(PickleValue root)
    {
        if (root is not PickleValue.Map map)
            throw Refuse("it holds no dict of tensors");
        var inner = map.Entries.Where(entry => entry.Key is PickleValue.Text { Value: var name } && StateNames.Contains(name)).Select(entry => entry.Value).OfType<PickleValue.Map>();
        foreach (var candidate in inner.Prepend(map))
        {
            var tensors = candidate.Entries
                .Where(entry => entry is { Key: PickleValue.Text, Value: PickleValue.Tensor })
                .Select(entry => (((PickleValue.Text)entry.Key).Value, (PickleValue.Tensor)entry.Value))
                .ToList();
            if (tensors.Count > 0)
                return tensors;
        }

        throw Refuse("it holds no dict of tensors");
    }

    private void Add(string name, PickleValue.Tensor tensor)
    {
        if (!archive.TryGetValue($"{prefix}/data/{tensor.Numbers.Key}", out var place))
            throw Refuse($"tensor {PickleMachine.Shown(name)} lies in a storage that is not there");
        var view = StridedView.Of(tensor);
        var size = tensor.Numbers.Dtype.ElementSize();
        var held = place.Length / size;
        if (view is null || view.Value.Last > held || view.Value.Count > held)
            throw Refuse($"tensor {PickleMachine.Shown(name)} has more elements than its storage");
        var entry = new SafetensorsEntry(name, tensor.Numbers.Dtype, tensor.Shape, place.Offset + (tensor.Offset * size), view.Value.Count * size);
        if (!view.Value.IsContiguous && entry.Length > int.MaxValue)
            throw Refuse($"tensor {PickleMachine.Shown(name)} is transposed and has {entry.Length} bytes; at most {int.MaxValue} are put in order");
        if (!entries.TryAdd(name, entry))
            throw Refuse($"it names tensor {PickleMachine.Shown(name)} twice");
        if (!view.Value.IsContiguous)
            scattered.Add(name, tensor);
    }

    private byte[] Gather(PickleValue.Tensor tensor, SafetensorsEntry entry)
    {
        var size = entry.Dtype.ElementSize();
        var (start, _) = archive[$"{prefix}/data/{tensor.Numbers.Key}"];
        var result = new byte[entry.Length];
        var at = 0;
        foreach (var index in StridedView.Indices(tensor))
        {
            file.Slice(start + (index * size), size).CopyTo(result.AsSpan(at));
            at += size;
        }

        return result;
    }

    private CdeException Refuse(string what) => new($"{Path}: {what}; refused. {WayOut}");
}
