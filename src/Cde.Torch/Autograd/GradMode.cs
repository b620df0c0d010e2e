namespace TorchSharp;

public static partial class torch
{
    /// <summary>Stops recording for differentiation on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Records for differentiation on this thread, or not, until the result is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <summary>Switches recording for differentiation on this thread; disposing the result switches back.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Whether operations on this thread are recorded for differentiation.</summary>
    public static bool is_grad_enabled() => NativeMethods.cde_grad_mode() != 0;

    /// <summary>As <see cref="no_grad"/>, faster: tensors made inside can never be differentiated.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether this thread is inside <see cref="inference_mode"/>.</summary>
    public static bool is_inference_mode_enabled() => NativeMethods.cde_inference_mode() != 0;

    private sealed class GradMode : IDisposable
    {
        private readonly bool before = is_grad_enabled();

        public GradMode(bool enabled) => NativeMethods.cde_set_grad_mode(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.cde_set_grad_mode(before ? 1 : 0);
    }

    private sealed class InferenceMode : IDisposable
    {
        private nint guard;

        public InferenceMode(bool enabled) => NativeMethods.Check(NativeMethods.cde_inference_mode_enter(enabled ? 1 : 0, out guard));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref guard, 0) is var held && held != 0)
                NativeMethods.cde_inference_mode_leave(held);
        }
    }
}
