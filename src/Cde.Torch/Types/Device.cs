namespace TorchSharp;

public static partial class torch
{
    /// <summary>The CPU.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>Shapes without data.</summary>
    public static readonly Device META = new(DeviceType.META);

    /// <summary>The current NVIDIA GPU.</summary>
    public static Device CUDA => new(DeviceType.CUDA);

    /// <summary>A device from text such as "cpu" or "cuda:1".</summary>
    public static Device device(string description) => new(description);

    /// <summary>A device from the name of its kind and an index.</summary>
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A device from its kind and an index.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>The GPU with an index.</summary>
    public static Device device(int index) => new(index);

    /// <summary>Where tensors live: a kind and, for GPUs, an index. -1 means the current one.</summary>
    public class Device
    {
        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>The index among devices of the kind; -1: the current one.</summary>
        public int index { get; }

        /// <summary>A device from text such as "cpu", "cuda" or "cuda:1".</summary>
        /// <exception cref="ArgumentException">The text names no device.</exception>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            type = Parse(parts[0], description);
            index = parts.Length == 1 ? -1
                : parts.Length == 2 && int.TryParse(parts[1], out var number) && number >= 0 ? number
                : throw new ArgumentException($"\"{description}\" is no device: write cpu, cuda or cuda:N");
        }

        /// <summary>A device from the name of its kind and an index.</summary>
        public Device(string deviceType, int index = -1)
        {
            type = Parse(deviceType, deviceType);
            this.index = index;
        }

        /// <summary>A device from its kind and an index.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>The GPU with an index.</summary>
        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        /// <summary>Text such as "cpu" or "cuda:1".</summary>
        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return index == -1 ? name : $"{name}:{index}";
        }

        /// <summary>A device from its text.</summary>
        public static implicit operator Device(string description) => new(description);

        private static DeviceType Parse(string name, string whole) =>
            Enum.TryParse<DeviceType>(name, ignoreCase: true, out var found) && Enum.IsDefined(found) && !char.IsDigit(name[0])
                ? found
                : throw new ArgumentException($"\"{whole}\" is no device: write cpu, cuda or cuda:N");
    }
}
