using System.Numerics;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements' memory; only in main memory and without gaps.</summary>
        /// <exception cref="InvalidOperationException">The tensor is elsewhere or not contiguous.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                var info = Info;
                if ((DeviceType)info.DeviceType != DeviceType.CPU)
                    throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                if ((info.Flags & NativeFlags.Contiguous) == 0)
                    throw new InvalidOperationException("bytes needs a contiguous tensor: call contiguous() first");
                return new Span<byte>((void*)DataPointer, checked((int)(info.Elements * info.ElementSize)));
            }

            set
            {
                if (value.Length != bytes.Length)
                    throw new ArgumentException($"{value.Length} bytes do not fit a tensor of {bytes.Length} bytes");
                value.CopyTo(bytes);
                GC.KeepAlive(this);
            }
        }

        internal nint DataPointer
        {
            get
            {
                NativeMethods.Check(NativeMethods.cde_tensor_data(Handle, out var data));
                GC.KeepAlive(this);
                return data;
            }
        }

        /// <summary>Reads and writes the elements, which must be in main memory and of the tensor's own type.</summary>
        /// <exception cref="ArgumentException">The tensor holds elements of another type.</exception>
        /// <exception cref="InvalidOperationException">The tensor is not in main memory.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            var info = Info;
            if ((DeviceType)info.DeviceType != DeviceType.CPU)
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            RequireType<T>((ScalarType)info.Dtype);
            return new TensorAccessor<T>(this);
        }

        /// <summary>The only element.</summary>
        /// <exception cref="ArgumentException">There is not exactly one element, or it has another type.</exception>
        public unsafe T item<T>()
            where T : unmanaged
        {
            RequireType<T>(dtype);
            using var place = OnlyElement();
            var value = *(T*)place.DataPointer;
            GC.KeepAlive(place);
            return value;
        }

        /// <summary>The only element as a number.</summary>
        /// <exception cref="ArgumentException">There is not exactly one element.</exception>
        public Scalar ToScalar() => dtype switch
        {
            ScalarType.Byte => item<byte>(),
            ScalarType.Int8 => item<sbyte>(),
            ScalarType.Int16 => item<short>(),
            ScalarType.Int32 => item<int>(),
            ScalarType.Int64 => item<long>(),
            ScalarType.Bool => item<bool>(),
            ScalarType.Float16 => item<Half>(),
            ScalarType.BFloat16 => item<BFloat16>(),
            ScalarType.Float32 => item<float>(),
            ScalarType.Float64 => item<double>(),
            ScalarType.ComplexFloat32 => item<(float, float)>(),
            ScalarType.ComplexFloat64 => item<Complex>(),
            var type => throw new NotSupportedException($"{type} elements cannot be read"),
        };

        private static void RequireType<T>(ScalarType found)
        {
            if (ElementTypes.Of<T>() != found)
                throw new ArgumentException($"{typeof(T).Name} is not compatible with a tensor of {found}");
        }

        private Tensor OnlyElement() =>
            NumberOfElements == 1
                ? cpu()
                : throw new ArgumentException($"Number of elements in the tensor must be 1, but it is {NumberOfElements}");
    }
}
