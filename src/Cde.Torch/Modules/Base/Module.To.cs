using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Device kind that the module was last moved to.</summary>
            protected DeviceType _deviceType = DeviceType.CPU;

            /// <summary>Device number that the module was last moved to; -1 on the processor.</summary>
            protected int _deviceIndex = -1;

            /// <summary>Moves parameters and buffers, and converts the floating-point ones.</summary>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                _toEpilog(device, dtype, non_blocking);
                return this;
            }

            /// <summary>Moves parameters and buffers.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                _toEpilog(deviceType, deviceIndex, non_blocking);
                return this;
            }

            /// <summary>Converts the floating-point parameters and buffers.</summary>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                _toEpilog(dtype, non_blocking);
                return this;
            }

            /// <summary>Moves and converts as another tensor.</summary>
            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            /// <summary>Moves and converts the components of this module and of everything below it.</summary>
            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) => _toEpilog(dtype, device, non_blocking);

            /// <summary>Moves the components of this module and of everything below it.</summary>
            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);

            /// <summary>Converts the components of this module and of everything below it.</summary>
            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);

            /// <summary>
            /// Moves and converts the components of this module and of everything below it. A component that changes is
            /// a new object afterwards, in the fields that held it too: make optimizers after moving.
            /// </summary>
            /// <param name="dtype">Type of the floating-point components; null leaves them.</param>
            /// <param name="device">Device; null leaves them.</param>
            /// <param name="non_blocking">Whether a copy may overlap with other work.</param>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var (_, child) in named_children())
                {
                    if (device is null) child._to(dtype!.Value, non_blocking);
                    else if (dtype is null) child._to(device.type, device.index, non_blocking);
                    else child._to(device, dtype.Value, non_blocking);
                }
                foreach (string key in _internal_params.keys().ToList())
                {
                    var parameter = _internal_params[key];
                    if (!ReplaceParameter(dtype, device, parameter, out var changed)) continue;
                    ConditionallyRegisterParameter(key, changed);
                    ReplaceInFields(parameter, changed!);
                    parameter.Dispose();
                }
                foreach (string key in _internal_buffers.keys().ToList())
                {
                    var (buffer, persistent) = _internal_buffers[key];
                    if (!ReplaceBuffer(dtype, device, buffer, out var changed)) continue;
                    ConditionallyRegisterBuffer(key, changed, persistent);
                    ReplaceInFields(buffer, changed!);
                    buffer.Dispose();
                }
                if (device is null) return;
                _deviceType = device.type;
                _deviceIndex = device.index;
            }

            /// <summary>Makes the moved or converted form of a parameter, gradient included.</summary>
            /// <returns>False where nothing would change.</returns>
            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                p = null;
                if (!Changes(dtype, device, param, out var newType, out var newDevice)) return false;
                using (no_grad())
                {
                    p = new Parameter(param.to(newType, newDevice).DetachFromDisposeScope(), param.requires_grad);
                    using var gradient = param.grad;
                    if (gradient is null) return true;
                    using var moved = gradient.to(newType, newDevice);
                    p.grad = moved;
                }
                return true;
            }

            /// <summary>Makes the moved or converted form of a buffer.</summary>
            /// <returns>False where nothing would change.</returns>
            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                result = null;
                if (!Changes(dtype, device, buffer, out var newType, out var newDevice)) return false;
                using (no_grad()) result = buffer.to(newType, newDevice).DetachFromDisposeScope();
                return true;
            }

            /// <summary>Fills in the defaults of a new component.</summary>
            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                (device ?? get_default_device(), dtype ?? get_default_dtype());

            private static bool Changes(ScalarType? dtype, Device? device, Tensor tensor, out ScalarType newType, out Device newDevice)
            {
                bool converts = dtype is not null && (tensor.is_floating_point() || tensor.is_complex());
                newType = converts ? dtype!.Value : tensor.dtype;
                newDevice = device ?? tensor.device;
                return newType != tensor.dtype || newDevice.type != tensor.device_type ||
                    (newDevice.index >= 0 && newDevice.index != tensor.device_index);
            }

            private void ReplaceInFields(Tensor old, Tensor changed)
            {
                foreach (var field in ComponentFields())
                {
                    if (ReferenceEquals(field.GetValue(this), old)) field.SetValue(this, changed);
                }
            }
        }
    }
}
