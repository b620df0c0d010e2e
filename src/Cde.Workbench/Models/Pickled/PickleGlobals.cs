using System.Collections.Frozen;

namespace Cde.Workbench.Models.Pickled;

/// <summary>The names of Python that a checkpoint of tensors needs, and what they make. Every other is refused by its name.</summary>
internal static class PickleGlobals
{
    private const string OrderedDict = "collections.OrderedDict", RebuildTensor = "torch._utils._rebuild_tensor_v2", RebuildParameter = "torch._utils._rebuild_parameter";

    private static readonly FrozenDictionary<string, SafetensorsDtype> Storages = new Dictionary<string, SafetensorsDtype>
    {
        ["torch.FloatStorage"] = SafetensorsDtype.F32,
        ["torch.HalfStorage"] = SafetensorsDtype.F16,
        ["torch.BFloat16Storage"] = SafetensorsDtype.BF16,
        ["torch.DoubleStorage"] = SafetensorsDtype.F64,
        ["torch.LongStorage"] = SafetensorsDtype.I64,
        ["torch.IntStorage"] = SafetensorsDtype.I32,
        ["torch.ShortStorage"] = SafetensorsDtype.I16,
        ["torch.CharStorage"] = SafetensorsDtype.I8,
        ["torch.ByteStorage"] = SafetensorsDtype.U8,
        ["torch.BoolStorage"] = SafetensorsDtype.Bool,
    }.ToFrozenDictionary();

    /// <summary>The value of a name; null where it is not on the list.</summary>
    public static PickleValue? Find(string name) =>
        name is OrderedDict or RebuildTensor or RebuildParameter || Storages.ContainsKey(name) ? new PickleValue.Global(name) : null;

    /// <summary>What a call makes; null where the arguments are not those of a checkpoint.</summary>
    public static PickleValue? Call(string name, IReadOnlyList<PickleValue> arguments) => (name, arguments) switch
    {
        (OrderedDict, []) => new PickleValue.Map([]),
        (RebuildTensor, [PickleValue.Storage storage, PickleValue.Integer offset, PickleValue.Tuple shape, PickleValue.Tuple strides, ..])
            when arguments.Count is 6 or 7 && Numbers(shape) is { } sizes && Numbers(strides) is { } steps => new PickleValue.Tensor(storage, offset.Value, sizes, steps),
        (RebuildParameter, [PickleValue.Tensor tensor, _, _]) => tensor,
        _ => null,
    };

    /// <summary>What a persistent id stands for: <c>("storage", class, key, device, count)</c>; null where it has another form.</summary>
    public static PickleValue.Storage? Persistent(PickleValue id) =>
        id is PickleValue.Tuple
        {
            Items: [PickleValue.Text { Value: "storage" }, PickleValue.Global type, PickleValue.Text key, PickleValue.Text, PickleValue.Integer { Value: >= 0 } count],
        } && Storages.TryGetValue(type.Name, out var dtype)
            ? new PickleValue.Storage(dtype, key.Value, count.Value)
            : null;

    private static List<long>? Numbers(PickleValue.Tuple tuple) =>
        tuple.Items.Count <= MaxRank && tuple.Items.All(item => item is PickleValue.Integer { Value: >= 0 }) ? [.. tuple.Items.Select(item => ((PickleValue.Integer)item).Value)] : null;

    /// <summary>As many dimensions as safetensors' headers may have here, and far more than a model's weights have.</summary>
    private const int MaxRank = 16;
}
