namespace Cde.Workbench.Models.Pickled;

/// <summary>What a pickle may make here. Nothing of it runs: objects of Python are names with arguments.</summary>
internal abstract record PickleValue
{
    /// <summary>A string.</summary>
    public sealed record Text(string Value) : PickleValue;

    /// <summary>A whole number.</summary>
    public sealed record Integer(long Value) : PickleValue;

    /// <summary>None, a boolean or a floating-point number, whose value nobody here needs.</summary>
    public sealed record Plain : PickleValue;

    /// <summary>A tuple.</summary>
    public sealed record Tuple(IReadOnlyList<PickleValue> Items) : PickleValue;

    /// <summary>A list.</summary>
    public sealed record Sequence(List<PickleValue> Items) : PickleValue;

    /// <summary>A dict or an OrderedDict, its entries as they came.</summary>
    public sealed record Map(List<(PickleValue Key, PickleValue Value)> Entries) : PickleValue;

    /// <summary>A function or class of the allow-list (<see cref="PickleGlobals"/>).</summary>
    public sealed record Global(string Name) : PickleValue;

    /// <summary>The numbers behind tensors: an entry of the archive.</summary>
    public sealed record Storage(SafetensorsDtype Dtype, string Key, long Count) : PickleValue;

    /// <summary>A view of a storage; offset and strides count elements.</summary>
    public sealed record Tensor(Storage Numbers, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides) : PickleValue;

    /// <summary>Where a tuple, list or dict begins on the stack.</summary>
    public sealed record Mark : PickleValue;
}
