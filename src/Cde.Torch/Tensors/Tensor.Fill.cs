namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The tensor filled with whole numbers from [from, to).</summary>
        public Tensor random_(double from, double to, Generator? generator = null) =>
            Op.Mutate("random_", "from", this, checked((long)from), checked((long)to), generator);
    }
}
