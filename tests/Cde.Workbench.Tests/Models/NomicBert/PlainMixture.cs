using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.NomicBert;

/// <summary>
/// NomicBERT with mixtures of experts in plain loops and float64, one text at a time: every expert computes every token, and those that the token does not choose count 0.
/// For configurations with biases, full rotation by halves and GELU, as nomic-embed-text-v2-moe's.
/// </summary>
internal sealed class PlainMixture(NomicBertConfig config, nn.Module model)
{
    private readonly Dictionary<string, float[]> weights = model.named_parameters().DistinctBy(entry => entry.name).ToDictionary(entry => entry.name, entry => entry.parameter.detach().contiguous().data<float>().ToArray());

    /// <summary>What the routers gave every token so far, once a layer: probabilities (E), and the experts chosen (k).</summary>
    public List<(double[] Probabilities, int[] Chosen)> Routed { get; } = [];

    /// <summary>The parameters as they are read here; a test may change one.</summary>
    public IReadOnlyDictionary<string, float[]> Weights => weights;

    /// <summary>Hidden states of the last layer: (T) -> (T, d).</summary>
    public double[][] Hidden(IReadOnlyList<long> ids)
    {
        var (words, types) = (weights["embeddings.word_embeddings.weight"], weights["embeddings.token_type_embeddings.weight"]);
        double[][] x = [.. ids.Select(id => Norm(Vector(i => words[id * config.Width + i] + types[i]), "emb_ln"))];
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var name = $"encoder.layers.{layer}.";
            var attended = Attend(x, name + "attn.");
            x = [.. x.Zip(attended, (own, added) => Norm(Sum(own, added), name + "norm1"))];
            x = [.. x.Select(own => Norm(Sum(own, layer % config.MixtureEvery == 1 ? Mixture(own, name + "mlp.") : Dense(own, name + "mlp.")), name + "norm2"))];
        }

        return x;
    }

    private double[] Mixture(double[] x, string name)
    {
        var router = weights[name + "router.layer.weight"];
        double[] exponents = [.. Enumerable.Range(0, config.Experts).Select(expert => Math.Exp(Enumerable.Range(0, config.Width).Sum(i => router[expert * config.Width + i] * x[i])))];
        double[] probabilities = [.. exponents.Select(value => value / exponents.Sum())];
        int[] chosen = [.. Enumerable.Range(0, config.Experts).OrderByDescending(expert => probabilities[expert]).Take(config.ExpertsPerToken)];
        Routed.Add((probabilities, chosen));
        var divisor = config.NormalisesExperts ? chosen.Sum(expert => probabilities[expert]) : 1;
        var (first, second, bias) = (weights[name + "experts.mlp.w1"], weights[name + "experts.mlp.w2"], weights[name + "experts.bias"]);
        var output = Vector(i => bias[i]);
        for (var expert = 0; expert < config.Experts; expert++)
        {
            var share = chosen.Contains(expert) ? probabilities[expert] / divisor : 0;
            for (var unit = expert * config.Inner; unit < (expert + 1) * config.Inner; unit++)
            {
                var active = Gelu(Enumerable.Range(0, config.Width).Sum(i => first[unit * config.Width + i] * x[i]));
                for (var i = 0; i < config.Width; i++)
                    output[i] += share * active * second[unit * config.Width + i];
            }
        }

        return output;
    }

    private double[] Dense(double[] x, string name) => Linear([.. Linear(x, name + "fc1").Select(Gelu)], name + "fc2");

    private double[][] Attend(double[][] x, string name)
    {
        var (d, size) = (config.Width, config.Width / config.Heads);
        double[][] projected = [.. x.Select(own => Linear(own, name + "Wqkv"))];
        double[][] result = [.. x.Select(_ => new double[d])];
        for (var head = 0; head < config.Heads; head++)
        {
            double[][] Part(int part) => [.. projected.Select(own => own[(part * d + head * size)..(part * d + (head + 1) * size)])];
            double[][] queries = [.. Part(0).Select(Rotated)];
            double[][] keys = [.. Part(1).Select(Rotated)];
            var values = Part(2);
            for (var t = 0; t < x.Length; t++)
            {
                double[] scores = [.. keys.Select(key => Math.Exp(key.Zip(queries[t], (k, q) => k * q).Sum() / Math.Sqrt(size)))];
                for (var i = 0; i < size; i++)
                    result[t][head * size + i] = scores.Zip(values, (score, value) => score * value[i]).Sum() / scores.Sum();
            }
        }

        return [.. result.Select(own => Linear(own, name + "out_proj"))];
    }

    private double[] Rotated(double[] head, int position)
    {
        var half = head.Length / 2;
        return [.. Enumerable.Range(0, head.Length).Select(i =>
        {
            var angle = position * Math.Pow(config.RotaryBase, -2.0 * (i % half) / head.Length);
            return head[i] * Math.Cos(angle) + (i < half ? -head[i + half] : head[i - half]) * Math.Sin(angle);
        })];
    }

    private double[] Linear(double[] x, string name)
    {
        var (weight, bias) = (weights[name + ".weight"], weights[name + ".bias"]);
        return [.. bias.Select((start, row) => start + Enumerable.Range(0, x.Length).Sum(i => weight[row * x.Length + i] * x[i]))];
    }

    private double[] Norm(double[] x, string name)
    {
        var (weight, bias) = (weights[name + ".weight"], weights[name + ".bias"]);
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + config.Epsilon);
        return Vector(i => (x[i] - mean) / deviation * weight[i] + bias[i]);
    }

    private double[] Vector(Func<int, double> value) => [.. Enumerable.Range(0, config.Width).Select(value)];

    private static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];

    private static double Gelu(double x) => x * 0.5 * (1 + Erf(x / Math.Sqrt(2)));

    /// <summary>The error function by its Taylor series, which float64 sums to 1e-12 for arguments below 4; beyond, it is 1 to 1e-8.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 4)
            return Math.Sign(x);
        var (term, sum) = (x, x);
        for (var n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }

        return sum * 2 / Math.Sqrt(Math.PI);
    }
}
