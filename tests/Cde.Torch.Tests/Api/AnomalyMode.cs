// Stands where TorchSharp has a class of that name, with three deliberate differences.
namespace TorchSharp;

public class AnomalyMode(bool enabled, bool check_nan = false) : IDisposable
{
    public static int IsEnabled => 0;

    public static bool ShouldCheckNaN => false;

    public string Extra() => $"{enabled} {check_nan}";

    public void Dispose() => GC.SuppressFinalize(this);
}
