using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>
/// The C interface of <c>native/cde_torch.h</c>. What returns <see cref="nint"/> named error there returns null or a
/// message for <see cref="Check"/>.
/// </summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "cde_torch";

    static NativeMethods() => NativeLoader.Register();

    [LibraryImport(Library)] public static partial nint cde_op_find(byte* name, byte* overload, out nint found);

    [LibraryImport(Library)] public static partial nint cde_op_schema(nint op, out nint text);

    [LibraryImport(Library)] public static partial nint cde_op_call(nint op, NativeValue* args, int count, NativeValue* results, ref int resultCount);

    [LibraryImport(Library)] public static partial void cde_free(nint memory);

    [LibraryImport(Library)] public static partial void cde_tensor_release(nint handle);

    [LibraryImport(Library)] public static partial nint cde_tensor_retain(nint handle);

    [LibraryImport(Library)] public static partial long cde_tensor_live_count();

    [LibraryImport(Library)] public static partial void cde_tensor_info(nint handle, out NativeInfo info);

    [LibraryImport(Library)] public static partial nint cde_tensor_shape(nint handle, long* sizes, long* strides);

    [LibraryImport(Library)] public static partial nint cde_tensor_data(nint handle, out nint data);

    [LibraryImport(Library)] public static partial nint cde_tensor_from_data(void* data, long bytes, int dtype, long* sizes, int dimensions, out nint made);

    [LibraryImport(Library)]
    public static partial nint cde_tensor_from_memory(
        nint data, int dtype, long* sizes, int dimensions, delegate* unmanaged<nint, void> release, nint owner, out nint made);

    [LibraryImport(Library)] public static partial nint cde_blocks_keep(int more);

    [LibraryImport(Library)] public static partial void cde_blocks_count(out long inUse, out long kept, out long most);

    [LibraryImport(Library)] public static partial nint cde_adamw_step(nint parameter, nint gradient, nint average, nint averageSquare, in NativeAdamW settings);

    [LibraryImport(Library)] public static partial nint cde_tensor_set_requires_grad(nint handle, int value);

    [LibraryImport(Library)] public static partial nint cde_tensor_retain_grad(nint handle);

    [LibraryImport(Library)] public static partial nint cde_tensor_grad(nint handle, out nint grad);

    [LibraryImport(Library)] public static partial nint cde_tensor_set_grad(nint handle, nint grad);

    [LibraryImport(Library)]
    public static partial nint cde_backward(
        nint* tensors, int count, nint* grads, int gradCount, nint* inputs, int inputCount, int retainGraph, int createGraph);

    [LibraryImport(Library)]
    public static partial nint cde_grad(
        nint* outputs, int outputCount, nint* grads, int gradCount, nint* inputs, int inputCount,
        int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library)]
    public static partial nint cde_function_record(
        nint output, nint* inputs, int inputCount, delegate* unmanaged<nint, nint, nint*, nint> backward, delegate* unmanaged<nint, void> release, nint owner, out nint recorded);

    [LibraryImport(Library)] public static partial int cde_grad_mode();

    [LibraryImport(Library)] public static partial void cde_set_grad_mode(int enabled);

    [LibraryImport(Library)] public static partial nint cde_inference_mode_enter(int enabled, out nint guard);

    [LibraryImport(Library)] public static partial void cde_inference_mode_leave(nint guard);

    [LibraryImport(Library)] public static partial int cde_inference_mode();

    [LibraryImport(Library)] public static partial nint cde_manual_seed(ulong seed);

    [LibraryImport(Library)] public static partial nint cde_generator_default(int deviceType, int deviceIndex, out nint generator);

    [LibraryImport(Library)] public static partial nint cde_generator_new(int deviceType, int deviceIndex, ulong seed, out nint generator);

    [LibraryImport(Library)] public static partial void cde_generator_release(nint generator);

    [LibraryImport(Library)] public static partial nint cde_generator_set_seed(nint generator, ulong seed);

    [LibraryImport(Library)] public static partial nint cde_generator_seed(nint generator, int fresh, out ulong seed);

    [LibraryImport(Library)] public static partial nint cde_generator_state(nint generator, out nint state);

    [LibraryImport(Library)] public static partial nint cde_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)] public static partial int cde_threads(int betweenOperators);

    [LibraryImport(Library)] public static partial nint cde_set_threads(int betweenOperators, int count);

    [LibraryImport(Library)] public static partial nint cde_openblas_kernels();

    [LibraryImport(Library)] public static partial nint cde_version();

    [LibraryImport(Library)] public static partial nint cde_config(out nint text);

    [LibraryImport(Library)] public static partial int cde_cuda_devices();

    [LibraryImport(Library)] public static partial int cde_cudnn_available();

    [LibraryImport(Library)] public static partial nint cde_cuda_synchronize(int deviceIndex);

    [LibraryImport(Library)] public static partial nint cde_packed_new(nint weight, nint bias, int activation, out nint layer);

    [LibraryImport(Library)] public static partial nint cde_packed_apply(nint layer, nint input, out nint result);

    [LibraryImport(Library)] public static partial nint cde_packed_kernel(nint layer, out nint name);

    [LibraryImport(Library)] public static partial void cde_packed_release(nint layer);

    /// <summary>Throws what the native side reported, as TorchSharp does.</summary>
    /// <exception cref="ExternalException"><paramref name="error"/> is a message.</exception>
    public static void Check(nint error)
    {
        if (error != 0)
            throw new ExternalException(TakeText(error));
    }

    /// <summary>Copies and frees a native string.</summary>
    public static string TakeText(nint text)
    {
        var copy = Marshal.PtrToStringUTF8(text) ?? "";
        cde_free(text);
        return copy;
    }
}
