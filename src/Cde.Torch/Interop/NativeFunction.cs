using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A function whose gradient managed code computes, as a node of libtorch's graph.</summary>
internal static unsafe class NativeFunction
{
    /// <summary>Records that a tensor is a function of others.</summary>
    /// <param name="output">Computed without a history; disposed.</param>
    /// <param name="inputs">What it is a function of.</param>
    /// <param name="backward">From the gradient of the output to those of the inputs, null for none. Called on the thread that runs the backward pass.</param>
    /// <returns>The output with its history.</returns>
    public static Tensor Record(Tensor output, Tensor[] inputs, Func<Tensor, IReadOnlyList<Tensor?>> backward)
    {
        var handles = Array.ConvertAll(inputs, input => input.Handle);
        var owner = GCHandle.ToIntPtr(GCHandle.Alloc(backward)); // freed by the node
        fixed (nint* pointer = handles)
        {
            NativeMethods.Check(NativeMethods.cde_function_record(output.Handle, pointer, handles.Length, &Backward, &Release, owner, out var recorded));
            output.Dispose();
            GC.KeepAlive(inputs);
            return Tensor.Own(recorded)!;
        }
    }

    [UnmanagedCallersOnly]
    private static nint Backward(nint owner, nint gradient, nint* results)
    {
        try
        {
            using var scope = NewDisposeScope();
            var backward = (Func<Tensor, IReadOnlyList<Tensor?>>)GCHandle.FromIntPtr(owner).Target!;
            var made = backward(Tensor.Own(NativeMethods.cde_tensor_retain(gradient))!);
            for (var i = 0; i < made.Count; i++)
                results[i] = made[i] is { } tensor ? NativeMethods.cde_tensor_retain(tensor.Handle) : 0;
            return 0;
        }
        catch (Exception error) // nothing may cross into native code
        {
            return Text(error.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(nint owner) => GCHandle.FromIntPtr(owner).Free();

    /// <summary>A message that the native side frees.</summary>
    private static nint Text(string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message + "\0");
        var copy = (nint)NativeMemory.Alloc((nuint)bytes.Length);
        Marshal.Copy(bytes, 0, copy, bytes.Length);
        return copy;
    }
}
