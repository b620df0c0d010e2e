namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>1 with the probability that each element gives, else 0.</summary>
        public Tensor bernoulli(Generator? generator = null) => Op.Call("bernoulli", "", this, generator);

        /// <summary>1 with the probability that each element gives, else 0.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Op.Mutate("bernoulli_", "float", this, p, generator);

        /// <summary>1 with the probability that each element gives, else 0.</summary>
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Op.Mutate("bernoulli_", "Tensor", this, p, generator);

        /// <summary>The tensor filled from a normal distribution.</summary>
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Op.Mutate("normal_", "", this, mean, std, generator);

        /// <summary>The tensor filled uniformly from [from, to).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) => Op.Mutate("uniform_", "", this, from, to, generator);

        /// <summary>The tensor filled from an exponential distribution.</summary>
        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) =>
            Op.Mutate("exponential_", "", this, lambda, generator);

        /// <summary>The tensor filled from a geometric distribution.</summary>
        public Tensor geometric_(double p, Generator? generator = null) => Op.Mutate("geometric_", "", this, p, generator);

        /// <summary>The tensor filled from a Cauchy distribution.</summary>
        public Tensor cauchy_(double median = 0.0, double sigma = 1.0, Generator? generator = null) =>
            Op.Mutate("cauchy_", "", this, median, sigma, generator);

        /// <summary>The tensor filled from a log-normal distribution.</summary>
        public Tensor log_normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Op.Mutate("log_normal_", "", this, mean, std, generator);

        /// <summary>Positions drawn with the probabilities of each row.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Op.Call("multinomial", "", this, num_samples, replacement, generator);

        /// <summary>Draws from Poisson distributions with each element as the rate.</summary>
        public Tensor poisson(Generator? generator = null) => Op.Call("poisson", "", this, generator);
    }
}
