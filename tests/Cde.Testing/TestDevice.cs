using static TorchSharp.torch;

namespace Cde.Testing;

/// <summary>
/// Where golden tests compute: the environment variable <c>CDE_TEST_DEVICE</c> ("cuda"), else the CPU. It becomes the
/// default device of the process, so that the tests read the same on both.
/// </summary>
public static class TestDevice
{
    // Sums run in another order on a GPU; float32 stays float32, since TF32 is off for matrix products by default.
    private const double ToleranceFactorElsewhere = 10;

    private static readonly string Name = Environment.GetEnvironmentVariable("CDE_TEST_DEVICE") is { Length: > 0 } named ? named : "cpu";

    /// <summary>Makes the device the default one.</summary>
    public static void Use()
    {
        if (Name != "cpu")
            set_default_device(InitializeDevice(device(Name)));
    }

    /// <summary>The tolerance on this device: what the case states for the CPU, ten times that elsewhere.</summary>
    public static double Tolerance(double stated) => Name == "cpu" ? stated : stated * ToleranceFactorElsewhere;
}
