using static TorchSharp.torch;

namespace TorchSharp.Modules;

public partial class SGD
{
    /// <summary>What the optimizer remembers of one parameter. Writing the field restores a checkpoint.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>Running sum of gradients; null before the first step and without momentum.</summary>
        public Tensor? momentum_buffer;

        /// <summary>Makes the state of a parameter; <see cref="Initialize"/> fills it.</summary>
        public State(Parameter parameter) : base(parameter)
        {
        }

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            momentum_buffer = null;
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source) => Copy(ref momentum_buffer, Same<State>(source).momentum_buffer);

        /// <inheritdoc/>
        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && Close(momentum_buffer, state.momentum_buffer);

        /// <inheritdoc/>
        public override void to(Device device) => Move(ref momentum_buffer, device);

        /// <summary>Frees the tensor.</summary>
        public void Dispose() => momentum_buffer?.Dispose();
    }
}
