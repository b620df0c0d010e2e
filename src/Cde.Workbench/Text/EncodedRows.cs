namespace Cde.Workbench.Text;

/// <summary>What a thread writes rows to: its encoder's ids and, where wanted, their type ids.</summary>
internal sealed class EncodedRows(ITextEncoder encoder, bool withTypes)
{
    private readonly List<byte>? _types = withTypes ? [] : null;

    /// <summary>The encoder, with the ids.</summary>
    internal ITextEncoder Encoder { get; } = encoder;

    /// <summary>The type ids, where wanted.</summary>
    internal ReadOnlySpan<byte> Types => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_types);

    /// <summary>Adds the type id of the next tokens.</summary>
    internal void AddTypes(byte typeId, int count)
    {
        for (; _types is not null && count > 0; count--)
            _types.Add(typeId);
    }
}
