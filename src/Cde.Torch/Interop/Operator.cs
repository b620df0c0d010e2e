using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>An operator of libtorch's dispatcher; looked up once, then kept for the life of the process.</summary>
internal sealed unsafe class Operator
{
    private const int MostResults = 8;
    private const int StackWords = 64;

    private static readonly ConcurrentDictionary<(string Name, string Overload), Operator> Known = new();

    private readonly nint handle;

    private Operator(nint handle) => this.handle = handle;

    /// <summary>The operator's declaration as PyTorch writes it.</summary>
    public string Schema
    {
        get
        {
            NativeMethods.Check(NativeMethods.cde_op_schema(handle, out var text));
            return NativeMethods.TakeText(text);
        }
    }

    /// <summary>Finds an operator; a name without a namespace is one of <c>aten</c>.</summary>
    /// <exception cref="ExternalException">This libtorch has no such operator.</exception>
    public static Operator Find(string name, string overload) =>
        Known.TryGetValue((name, overload), out var known) ? known : Known.GetOrAdd((name, overload), Load(name, overload));

    private static Operator Load(string name, string overload)
    {
        var fullName = name.Contains("::", StringComparison.Ordinal) ? name : "aten::" + name;
        fixed (byte* namePointer = Encoding.UTF8.GetBytes(fullName + "\0"), overloadPointer = Encoding.UTF8.GetBytes(overload + "\0"))
        {
            NativeMethods.Check(NativeMethods.cde_op_find(namePointer, overloadPointer, out var found));
            return new Operator(found);
        }
    }

    /// <summary>Calls an operator that returns one tensor.</summary>
    /// <exception cref="ExternalException">libtorch refuses the arguments.</exception>
    public Tensor InvokeSingle(ReadOnlySpan<Arg> args)
    {
        NativeValue result;
        Run(args, &result, 1);
        return result.Tag == (int)ArgTag.Tensor && result.Pointer != 0
            ? Tensor.Own(result.Pointer)!
            : throw new InvalidOperationException($"{Schema} returned no tensor");
    }

    /// <summary>Calls an operator and drops what it returns.</summary>
    public void InvokeForEffect(ReadOnlySpan<Arg> args) => Run(args, null, 0);

    /// <summary>Calls an operator that returns one number or truth value.</summary>
    public (long Integer, double Real) InvokeNumber(ReadOnlySpan<Arg> args)
    {
        NativeValue result;
        Run(args, &result, 1);
        return (result.Integer, result.Real);
    }

    /// <summary>Calls the operator; lists among the results are flattened, an undefined tensor is null.</summary>
    public Tensor[] InvokeMany(ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[MostResults];
        var count = Run(args, results, MostResults);
        var tensors = new List<Tensor>(count);
        for (var i = 0; i < count; i++)
        {
            ref var value = ref results[i];
            if (value.Tag == (int)ArgTag.Tensor)
            {
                tensors.Add(Tensor.Own(value.Pointer)!);
            }
            else if (value.Tag == (int)ArgTag.TensorList)
            {
                foreach (var item in new ReadOnlySpan<nint>((void*)value.Pointer, value.Length))
                    tensors.Add(Tensor.Own(item)!);
                NativeMethods.cde_free(value.Pointer);
            }
        }

        return [.. tensors];
    }

    private int Run(ReadOnlySpan<Arg> args, NativeValue* results, int capacity)
    {
        var words = Words(args);
        if (words <= StackWords)
        {
            var space = stackalloc long[StackWords];
            return Run(args, space, results, capacity);
        }

        var rented = ArrayPool<long>.Shared.Rent(words);
        try
        {
            fixed (long* space = rented)
                return Run(args, space, results, capacity);
        }
        finally
        {
            ArrayPool<long>.Shared.Return(rented);
        }
    }

    private int Run(ReadOnlySpan<Arg> args, long* space, NativeValue* results, int capacity)
    {
        var values = stackalloc NativeValue[args.Length];
        for (var i = 0; i < args.Length; i++)
            space = Fill(args[i], ref values[i], space);
        var count = capacity;
        var error = NativeMethods.cde_op_call(handle, values, args.Length, results, ref count);
        foreach (ref readonly var arg in args)
            GC.KeepAlive(arg.Reference);
        NativeMethods.Check(error);
        return count;
    }

    // How many 8-byte words the lists and strings among the arguments take.
    private static int Words(ReadOnlySpan<Arg> args)
    {
        var words = 0;
        foreach (ref readonly var arg in args)
        {
            words += arg.Reference switch
            {
                Array list => list.Length,
                string text => (Encoding.UTF8.GetByteCount(text) + 7) / 8,
                _ => 0,
            };
        }

        return words;
    }

    private static long* Fill(in Arg arg, ref NativeValue value, long* space)
    {
        value = new NativeValue { Tag = (int)arg.Tag, Integer = arg.Integer, Real = arg.Real };
        switch (arg.Reference)
        {
            case null:
                return space;
            case Tensor tensor:
                value.Pointer = tensor.Handle;
                return space;
            case Generator generator:
                value.Pointer = generator.Handle;
                return space;
            case string text:
                value.Pointer = (nint)space;
                value.Length = Encoding.UTF8.GetBytes(text, new Span<byte>(space, Encoding.UTF8.GetByteCount(text)));
                return space + ((value.Length + 7) / 8);
        }

        var list = (Array)arg.Reference;
        value.Pointer = (nint)space;
        value.Length = list.Length;
        for (var i = 0; i < value.Length; i++)
        {
            space[i] = list switch
            {
                long[] integers => integers[i],
                double[] reals => BitConverter.DoubleToInt64Bits(reals[i]),
                bool[] truths => truths[i] ? 1 : 0,
                Tensor?[] tensors => tensors[i]?.Handle ?? 0,
                _ => throw new InvalidOperationException($"a list of {list.GetType()} is no operator argument"),
            };
        }

        return space + value.Length;
    }
}
