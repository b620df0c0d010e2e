using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Optimization;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Optimization;

/// <summary>AdamW with schedules and clipping, as the options of a run name them, against torch's and transformers' own trajectories.</summary>
[Trait("Category", "Golden")]
public sealed class ParameterUpdateGoldenTests
{
    private const string Case = "case09_adamw";

    // README of the case: 2e-5 absolute on parameters after all steps.
    private const double Tolerance = 2e-5;

    [Theory]
    [InlineData("s0")]
    [InlineData("s1")]
    [InlineData("s2")]
    [InlineData("s3")]
    [InlineData("s4")]
    [InlineData("s5")]
    [InlineData("s6")]
    [InlineData("s7")]
    public void Step_followsTheOriginal(string id)
    {
        var folder = TestFolders.GoldenCase(Case);
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        var setting = config.RootElement.GetProperty("cases").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);
        using var inputs = SafetensorsFile.Open(Path.Combine(folder, "inputs.safetensors"));
        using var expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        using var scope = NewDisposeScope();
        var (x, y) = (GoldenCase.Read(inputs, "x"), GoldenCase.Read(inputs, "y"));
        using var map = new Projection(new InitialWeights(1).Scope(""), 5, 3);
        using (no_grad())
        {
            map.Weight.copy_(GoldenCase.Read(inputs, "W0"));
            map.Bias!.copy_(GoldenCase.Read(inputs, "b0"));
        }

        var rate = setting.GetProperty("lr").GetDouble();
        using var update = new ParameterUpdate(map, Settings(setting, rate), Schedule(setting, rate), Total(setting));
        var (weights, biases, losses, rates, norms) = (expected.Floats(id + ".W"), expected.Floats(id + ".b"), expected.Floats(id + ".loss"), Doubles(expected, id + ".lr"), expected.Floats(id + ".grad_norm"));
        for (var step = 0; step < setting.GetProperty("steps").GetInt32(); step++)
        {
            update.Forget();
            var loss = nn.functional.mse_loss(map.forward(x[step]), y[step]);
            loss.backward();

            var clipped = update.Step(step);

            Assert.Equal(rates[step], update.Rate(step), 1e-8);
            Assert.Equal(losses[step], loss.item<float>(), Tolerance * Math.Max(1, losses[step]));
            Assert.Equal(norms[step], clipped.All, Tolerance * Math.Max(1, norms[step]));
            AssertClose(weights, map.Weight, step);
            AssertClose(biases, map.Bias!, step);
        }

        var moments = update.Moments.ToDictionary();
        AssertClose(expected.Floats(id + ".final_exp_avg.W"), moments["weight.exp_avg"], 0);
        AssertClose(expected.Floats(id + ".final_exp_avg_sq.W"), moments["weight.exp_avg_sq"], 0);
        Assert.Equal(20, update.ParameterSteps["weight"]);
    }

    private static OptimizerSettings Settings(JsonElement setting, double rate) => new()
    {
        LearningRate = rate,
        Beta1 = setting.GetProperty("betas")[0].GetDouble(),
        Beta2 = setting.GetProperty("betas")[1].GetDouble(),
        Epsilon = setting.GetProperty("eps").GetDouble(),
        WeightDecay = setting.GetProperty("weight_decay").GetDouble(),
        DecayVectors = !setting.GetProperty("no_decay_on_bias").GetBoolean(),
        ClipNorm = setting.GetProperty("max_grad_norm") is { ValueKind: JsonValueKind.Number } norm ? norm.GetDouble() : 0,
    };

    private static ScheduleOptions Schedule(JsonElement setting, double rate)
    {
        var values = setting.GetProperty("schedule_params");
        var name = setting.GetProperty("schedule").GetString();
        return new ScheduleOptions
        {
            Kind = name switch
            {
                "linear" => ScheduleKind.Linear,
                "cosine" => ScheduleKind.Cosine,
                "cosine_with_restarts" => ScheduleKind.CosineRestarts,
                "polynomial" => ScheduleKind.Polynomial,
                _ => ScheduleKind.Constant,
            },
            WarmupSteps = values.TryGetProperty("warmup", out var warmup) ? warmup.GetInt32() : 0,
            Cycles = values.TryGetProperty("num_cycles", out var cycles) ? cycles.GetDouble() : 0.5,
            Power = values.TryGetProperty("power", out var power) ? power.GetDouble() : 1,
            EndShare = values.TryGetProperty("lr_end", out var end) ? end.GetDouble() / rate : 0,
        };
    }

    private static long Total(JsonElement setting) => setting.GetProperty("schedule_params").TryGetProperty("total", out var total) ? total.GetInt64() : 20;

    private static double[] Doubles(SafetensorsFile file, string name) => file.Entries[name].Dtype == SafetensorsDtype.F64
        ? [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(file.Bytes(name, 0, 20 * sizeof(double)).ToArray())]
        : Array.ConvertAll(file.Floats(name), value => (double)value);

    private static void AssertClose(float[] expected, Tensor actual, int row)
    {
        var values = actual.detach().contiguous().data<float>().ToArray();
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(expected[row * values.Length + i], values[i], Tolerance);
    }
}
