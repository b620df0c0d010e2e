using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Runtime;

public sealed class NativeTests
{
    [Fact]
    public void Library_tells_its_version_path_and_file()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", Native.Version);
        Assert.Equal(__version__, Native.Version);
        Assert.Matches("^(openblas:.+|mkl|generic)$", Native.Path);
        Assert.EndsWith("libcde_torch.so", Native.File, StringComparison.Ordinal);
        Assert.Contains("PyTorch built with", Native.Configuration, StringComparison.Ordinal);
        Assert.True(Native.IsAvailable(out var reason), reason);
    }

    [Fact]
    public void Thread_count_can_be_set_and_read()
    {
        var before = Threads.IntraOp;
        try
        {
            Threads.IntraOp = 1;
            Assert.Equal(1, get_num_threads());
            set_num_threads(2);
            Assert.Equal(2, Threads.IntraOp);
            Assert.Throws<ArgumentOutOfRangeException>(() => Threads.IntraOp = 0);
        }
        finally
        {
            Threads.IntraOp = before;
        }
    }

    [Fact]
    public void Cuda_is_told_apart_from_its_absence()
    {
        Assert.Equal(cuda.device_count() > 0, cuda.is_available());
        if (!cuda.is_available())
            Assert.Throws<InvalidOperationException>(() => InitializeDeviceType(DeviceType.CUDA));
    }
}
