namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sizes of the dimensions.</summary>
        public long[] shape => Extents(strides: false);

        /// <summary>How many dimensions there are.</summary>
        public long ndim => Info.Dimensions;

        /// <summary>How many dimensions there are.</summary>
        public long Dimensions => Info.Dimensions;

        /// <summary>How many elements there are.</summary>
        public long NumberOfElements => Info.Elements;

        /// <summary>Bytes an element.</summary>
        public long ElementSize => Info.ElementSize;

        /// <summary>The element type.</summary>
        public ScalarType dtype => (ScalarType)Info.Dtype;

        /// <summary>Where the elements live.</summary>
        public Device device
        {
            get
            {
                var info = Info;
                return new Device((DeviceType)info.DeviceType, info.DeviceIndex);
            }
        }

        /// <summary>The kind of device.</summary>
        public DeviceType device_type => (DeviceType)Info.DeviceType;

        /// <summary>The device's index; -1 on the CPU.</summary>
        public int device_index => Info.DeviceIndex;

        /// <summary>Whether the tensor lives on an NVIDIA GPU.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether the tensor has a shape but no elements.</summary>
        public bool is_meta => device_type == DeviceType.META;

        /// <summary>Whether the tensor is stored sparsely.</summary>
        public bool is_sparse => (Info.Flags & NativeFlags.Sparse) != 0;

        /// <summary>Whether the tensor was made by the user and not by an operation that is differentiated.</summary>
        public bool is_leaf => (Info.Flags & NativeFlags.Leaf) != 0;

        internal NativeInfo Info
        {
            get
            {
                NativeMethods.cde_tensor_info(Handle, out var info);
                GC.KeepAlive(this);
                return info;
            }
        }

        /// <summary>How many dimensions there are.</summary>
        public long dim() => Info.Dimensions;

        /// <summary>Sizes of the dimensions.</summary>
        public long[] size() => shape;

        /// <summary>The size of one dimension; a negative one counts from the last.</summary>
        public long size(int dim) => At(shape, dim);

        /// <summary>Steps between neighbours, in elements, per dimension.</summary>
        public long[] stride() => Extents(strides: true);

        /// <summary>The step between neighbours in one dimension, in elements.</summary>
        public long stride(int dim) => At(stride(), dim);

        /// <summary>Where the first element stands in the storage, in elements.</summary>
        public long storage_offset() => Info.StorageOffset;

        /// <summary>How many elements there are.</summary>
        public long numel() => Info.Elements;

        /// <summary>Bytes an element.</summary>
        public long element_size() => Info.ElementSize;

        /// <summary>Whether the elements stand in memory in row-major order without gaps.</summary>
        public bool is_contiguous() => (Info.Flags & NativeFlags.Contiguous) != 0;

        /// <summary>Whether the tensor lives in main memory.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the elements are real floating-point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the elements are integers or truth values.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the elements are complex.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        private static long At(long[] extents, int dim) =>
            dim >= -extents.Length && dim < extents.Length
                ? extents[dim < 0 ? dim + extents.Length : dim]
                : throw new IndexOutOfRangeException($"dimension {dim} of a tensor with {extents.Length} dimensions");

        private unsafe long[] Extents(bool strides)
        {
            var extents = new long[Info.Dimensions];
            fixed (long* first = extents)
                NativeMethods.Check(NativeMethods.cde_tensor_shape(Handle, strides ? null : first, strides ? first : null));
            GC.KeepAlive(this);
            return extents;
        }
    }

    /// <summary>Whether the type is a real floating-point type.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Whether the elements are real floating-point numbers.</summary>
    public static bool is_floating_point(Tensor input) => input.is_floating_point();

    /// <summary>Whether the type is an integer type or the truth values.</summary>
    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

    /// <summary>Whether the type is complex.</summary>
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    /// <summary>Whether the elements are complex.</summary>
    public static bool is_complex(Tensor input) => input.is_complex();
}
