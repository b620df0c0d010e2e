namespace Cde.Workbench.Text;

/// <summary>What stands around a text or a pair, and with which type ids: <c>[CLS]:0 A:0 [SEP]:0 B:1 [SEP]:1</c>.</summary>
internal sealed class SequenceTemplate(IReadOnlyList<SequenceTemplate.Part> parts)
{
    /// <summary>The parts, in order.</summary>
    internal IReadOnlyList<Part> Parts { get; } = parts;

    /// <summary>How many tokens stand around the texts.</summary>
    internal int SpecialTokenCount { get; } = parts.Sum(part => part.Ids.Length);

    /// <summary>BERT's <c>[CLS] text [SEP]</c>.</summary>
    internal static SequenceTemplate BertSingle(int classId, int separatorId) =>
        new([Part.Special(0, classId), Part.Text(0, 0), Part.Special(0, separatorId)]);

    /// <summary>BERT's <c>[CLS] first [SEP] second [SEP]</c>.</summary>
    internal static SequenceTemplate BertPair(int classId, int separatorId) =>
        new([Part.Special(0, classId), Part.Text(0, 0), Part.Special(0, separatorId), Part.Text(1, 1), Part.Special(1, separatorId)]);

    /// <summary>RoBERTa's <c>&lt;s&gt; text &lt;/s&gt;</c>, all of type 0.</summary>
    internal static SequenceTemplate RobertaSingle(int classId, int separatorId) => BertSingle(classId, separatorId);

    /// <summary>RoBERTa's <c>&lt;s&gt; first &lt;/s&gt;&lt;/s&gt; second &lt;/s&gt;</c>, all of type 0.</summary>
    internal static SequenceTemplate RobertaPair(int classId, int separatorId) =>
        new([Part.Special(0, classId), Part.Text(0, 0), Part.Special(0, separatorId, separatorId), Part.Text(1, 0), Part.Special(0, separatorId)]);

    /// <summary>Llama's: a token before and behind each text where given, the second text of type 1.</summary>
    internal static (SequenceTemplate Single, SequenceTemplate Pair) Llama(int? before, int? behind)
    {
        Part[] One(int text) =>
        [
            .. before is { } first ? [Part.Special((byte)text, first)] : Array.Empty<Part>(),
            Part.Text(text, (byte)text),
            .. behind is { } last ? [Part.Special((byte)text, last)] : Array.Empty<Part>(),
        ];
        return (new(One(0)), new([.. One(0), .. One(1)]));
    }

    /// <summary>Nothing but the texts.</summary>
    internal static (SequenceTemplate Single, SequenceTemplate Pair) Bare { get; } = (new([Part.Text(0, 0)]), new([Part.Text(0, 0), Part.Text(1, 0)]));

    /// <summary>The same without what stands around.</summary>
    internal SequenceTemplate WithoutSpecialTokens() => new([.. Parts.Where(part => part.Ids.Length == 0)]);

    /// <summary>A fixed run of tokens, or the place of a text.</summary>
    /// <param name="Ids">The tokens; none where a text stands.</param>
    /// <param name="TextIndex">Which text: 0 or 1.</param>
    /// <param name="TypeId">The type id of these tokens.</param>
    internal readonly record struct Part(int[] Ids, int TextIndex, byte TypeId)
    {
        internal static Part Special(byte typeId, params int[] ids) => new(ids, -1, typeId);

        internal static Part Text(int index, byte typeId) => new([], index, typeId);
    }
}
