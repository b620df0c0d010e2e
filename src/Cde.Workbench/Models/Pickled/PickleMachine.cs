using System.Buffers.Binary;
using System.Text;

namespace Cde.Workbench.Models.Pickled;

/// <summary>
/// Reads the pickle of a checkpoint (protocols 2 to 5 as torch.save writes them): a stack machine that knows the opcodes of plain data and the names of
/// <see cref="PickleGlobals"/>. It executes nothing, takes no more memory than a fixed multiple of the pickle, and refuses the rest by name.
/// </summary>
internal sealed class PickleMachine(string path, byte[] pickle)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly PickleValue Plain = new PickleValue.Plain();

    private readonly List<PickleValue> stack = [];
    private readonly Dictionary<uint, PickleValue> memo = [];
    private int at;

    /// <summary>The value of the pickle.</summary>
    /// <exception cref="CdeException">It holds what is not on the lists, or is damaged.</exception>
    public PickleValue Run()
    {
        while (true)
        {
            var start = at;
            var opcode = Take(1)[0];
            if (opcode == '.')
                return stack.Count == 1 ? stack[0] : throw Refuse($"it ends with {stack.Count} values");
            if (!Step(opcode) && !Containers(opcode))
                throw Refuse($"byte {start} is the pickle opcode 0x{opcode:x2}, which plain weights do not need");
        }
    }

    /// <summary>Scalars, names, calls and the memo.</summary>
    private bool Step(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: // PROTO
                if (Take(1)[0] is < 2 or > 5)
                    throw Refuse($"its pickle protocol is {pickle[at - 1]}; 2 to 5 are read");
                return true;
            case 0x95: // FRAME
                Take(8);
                return true;
            case (byte)'N' or 0x88 or 0x89: // None, True, False
                return Push(Plain);
            case (byte)'G': // BINFLOAT
                Take(8);
                return Push(Plain);
            case (byte)'K':
                return Push(new PickleValue.Integer(Take(1)[0]));
            case (byte)'M':
                return Push(new PickleValue.Integer(BinaryPrimitives.ReadUInt16LittleEndian(Take(2))));
            case (byte)'J':
                return Push(new PickleValue.Integer(BinaryPrimitives.ReadInt32LittleEndian(Take(4))));
            case 0x8a: // LONG1
                return Push(new PickleValue.Integer(Long(Take(Take(1)[0]))));
            case (byte)'X': // BINUNICODE
                return Push(new PickleValue.Text(Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))));
            case 0x8c: // SHORT_BINUNICODE
                return Push(new PickleValue.Text(Text(Take(1)[0])));
            case (byte)'c': // GLOBAL
                return Push(Global(Line(), Line()));
            case 0x93: // STACK_GLOBAL
                var (name, module) = (Pop<PickleValue.Text>(), Pop<PickleValue.Text>());
                return Push(Global(module.Value, name.Value));
            case (byte)'R': // REDUCE
                var (arguments, callee) = (Pop<PickleValue.Tuple>(), Pop<PickleValue.Global>());
                return Push(PickleGlobals.Call(callee.Name, arguments.Items) ?? throw Refuse($"it calls {callee.Name} with other arguments than a checkpoint's"));
            case (byte)'Q': // BINPERSID
                return Push(PickleGlobals.Persistent(Pop<PickleValue>()) ?? throw Refuse("it refers to an outer object that is no tensor storage"));
            case (byte)'q' or (byte)'r' or 0x94: // BINPUT, LONG_BINPUT, MEMOIZE
                memo[opcode switch { (byte)'q' => Take(1)[0], (byte)'r' => BinaryPrimitives.ReadUInt32LittleEndian(Take(4)), _ => (uint)memo.Count }] = Peek<PickleValue>();
                return true;
            case (byte)'h' or (byte)'j': // BINGET, LONG_BINGET
                var index = opcode == 'h' ? Take(1)[0] : BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                return Push(memo.TryGetValue(index, out var known) ? known : throw Refuse($"it asks for value {index}, which it has not stored"));
            default:
                return false;
        }
    }

    /// <summary>Tuples, lists and dicts.</summary>
    private bool Containers(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'(':
                return Push(new PickleValue.Mark());
            case (byte)')':
                return Push(new PickleValue.Tuple([]));
            case (byte)'t':
                return Push(new PickleValue.Tuple(SinceMark()));
            case 0x85 or 0x86 or 0x87: // TUPLE1 to TUPLE3
                return Push(new PickleValue.Tuple(Last(opcode - 0x84)));
            case (byte)']':
                return Push(new PickleValue.Sequence([]));
            case (byte)'a':
                var item = Pop<PickleValue>();
                Peek<PickleValue.Sequence>().Items.Add(item);
                return true;
            case (byte)'e':
                var items = SinceMark();
                Peek<PickleValue.Sequence>().Items.AddRange(items);
                return true;
            case (byte)'}':
                return Push(new PickleValue.Map([]));
            case (byte)'s':
                SetItems(Last(2));
                return true;
            case (byte)'u':
                SetItems(SinceMark());
                return true;
            case (byte)'b': // BUILD: a state dict's _metadata
                Pop<PickleValue.Map>();
                Peek<PickleValue.Map>();
                return true;
            default:
                return false;
        }
    }

    private void SetItems(List<PickleValue> pairs)
    {
        var map = Peek<PickleValue.Map>();
        if (pairs.Count % 2 != 0)
            throw Refuse("it sets a key without a value");
        for (var i = 0; i < pairs.Count; i += 2)
            map.Entries.Add((pairs[i], pairs[i + 1]));
    }

    private PickleValue Global(string module, string name) =>
        PickleGlobals.Find(module + "." + name) ?? throw Refuse($"it names {Shown(module + "." + name)}, which only running Python code could make");

    private bool Push(PickleValue value)
    {
        stack.Add(value);
        return true;
    }

    private T Peek<T>()
        where T : PickleValue => stack.Count > 0 && stack[^1] is T value and not PickleValue.Mark ? value : throw Refuse($"byte {at - 1} expects another value than the one before it");

    private T Pop<T>()
        where T : PickleValue
    {
        var value = Peek<T>();
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private List<PickleValue> Last(int count)
    {
        if (stack.Count < count || stack[^count..].Any(value => value is PickleValue.Mark))
            throw Refuse($"byte {at - 1} expects {count} values before it");
        var items = stack[^count..];
        stack.RemoveRange(stack.Count - count, count);
        return items;
    }

    private List<PickleValue> SinceMark()
    {
        var mark = stack.FindLastIndex(value => value is PickleValue.Mark);
        if (mark < 0)
            throw Refuse($"byte {at - 1} ends a group that nothing began");
        var items = stack[(mark + 1)..];
        stack.RemoveRange(mark, stack.Count - mark);
        return items;
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > pickle.Length - at)
            throw Refuse($"it ends at byte {pickle.Length} within a value");
        var bytes = pickle.AsSpan(at, (int)count);
        at += (int)count;
        return bytes;
    }

    private string Text(long length)
    {
        try
        {
            return Utf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw Refuse($"the text before byte {at} is not UTF-8");
        }
    }

    private string Line()
    {
        var length = pickle.AsSpan(at).IndexOf((byte)'\n');
        if (length < 0)
            throw Refuse("a name has no end");
        var line = Encoding.Latin1.GetString(Take(length));
        at++;
        return line;
    }

    private long Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
            throw Refuse($"byte {at} ends a number of {bytes.Length} bytes");
        var value = bytes.Length > 0 && (bytes[^1] & 0x80) != 0 ? -1L : 0L;
        for (var i = bytes.Length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return value;
    }

    private CdeException Refuse(string what) => new($"{path}: {what}; refused. {PickledWeights.WayOut}");

    /// <summary>A name out of the file, fit for one line.</summary>
    public static string Shown(string name) => new([.. name.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);
}
