namespace TorchSharp;

public static partial class torch
{
    /// <summary>NVIDIA GPUs, where libtorch was built for them.</summary>
    public static partial class cuda
    {
        /// <summary>Whether there is a GPU that libtorch can use.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>Whether cuDNN can be used.</summary>
        public static bool is_cudnn_available() => NativeMethods.cde_cudnn_available() != 0;

        /// <summary>How many GPUs there are.</summary>
        public static int device_count() => NativeMethods.cde_cuda_devices();

        /// <summary>Seeds the current GPU's random numbers; nothing without a GPU.</summary>
        public static void manual_seed(long seed) => Seed([-1], seed);

        /// <summary>Seeds all GPUs' random numbers; nothing without a GPU.</summary>
        public static void manual_seed_all(long seed) => Seed(Enumerable.Range(0, device_count()), seed);

        /// <summary>Waits until a GPU has done all its work; null means the current one.</summary>
        public static void synchronize(Device? device = null) =>
            NativeMethods.Check(NativeMethods.cde_cuda_synchronize(device?.index ?? -1));

        private static void Seed(IEnumerable<int> indices, long seed)
        {
            if (!is_available())
                return;
            foreach (var index in indices)
            {
                using var generator = Generator.DefaultOf(new Device(DeviceType.CUDA, index));
                generator.manual_seed(seed);
            }
        }
    }

    /// <summary>Whether there is a GPU that libtorch can use.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>Does nothing for the CPU; checks that there is a GPU.</summary>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"this libtorch or this machine has no {deviceType} device");
    }

    /// <summary>Whether devices of a kind can be used.</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType switch
        {
            DeviceType.CPU or DeviceType.META => true,
            DeviceType.CUDA => cuda.is_available(),
            _ => false,
        };

    /// <summary>The device, or the default one; checks that it can be used.</summary>
    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }
}
