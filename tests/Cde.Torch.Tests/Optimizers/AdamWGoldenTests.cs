using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Optimizers;

[Trait("Category", "Golden")]
public class AdamWGoldenTests
{
    private const string Case = "case09_adamw";
    private const string Absent = "(absent)";

    // README of the case: 2e-5 absolute on parameters after all steps.
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Settings
    {
        get
        {
            string config = Path.Combine(TestFolders.Golden, Case, "config.json");
            return File.Exists(config) ? [.. Read(config).Select(setting => setting.GetProperty("id").GetString()!)] : [Absent];
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Trajectory_follows_the_original(string id)
    {
        string folder = TestFolders.GoldenCase(Case);
        var setting = Read(Path.Combine(folder, "config.json")).Single(item => item.GetProperty("id").GetString() == id);
        using var inputs = SafetensorsFile.Open(Path.Combine(folder, "inputs.safetensors"));
        using var expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        using var scope = NewDisposeScope();
        var x = Load(inputs, "x");
        var y = Load(inputs, "y");
        using var linear = nn.Linear(nn.Parameter(Load(inputs, "W0")), nn.Parameter(Load(inputs, "b0")));
        using var optimizer = Optimizer(linear, setting);
        double learningRate = setting.GetProperty("lr").GetDouble();
        var schedule = optim.lr_scheduler.LambdaLR(optimizer, Schedules.Factor(setting, learningRate));
        double? maxNorm = setting.GetProperty("max_grad_norm") is { ValueKind: JsonValueKind.Number } limit ? limit.GetDouble() : null;
        var (weights, biases) = (expected.Floats($"{id}.W"), expected.Floats($"{id}.b"));
        var (rates, losses, norms) = (Doubles(expected, $"{id}.lr"), Doubles(expected, $"{id}.loss"), Doubles(expected, $"{id}.grad_norm"));

        for (int step = 0; step < setting.GetProperty("steps").GetInt32(); step++)
        {
            Assert.Equal(rates[step], optimizer.ParamGroups.First().LearningRate, 1e-12);
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(linear.call(x[step]), y[step]);
            loss.backward();
            double norm = nn.utils.clip_grad_norm_(linear.parameters(), maxNorm ?? double.MaxValue);
            optimizer.step();
            schedule.step();

            AssertClose(losses[step], loss.item<float>(), $"loss of step {step}");
            AssertClose(norms[step], norm, $"gradient norm of step {step}");
            AssertClose(weights, linear.weight, step, "W");
            AssertClose(biases, linear.bias!, step, "b");
        }

        var state = (AdamW.State)optimizer.state_dict().State[0];
        Assert.Equal(setting.GetProperty("steps").GetInt64(), state.step);
        AssertClose(expected.Floats($"{id}.final_exp_avg.W"), state.exp_avg, 0, "first moment of W");
        AssertClose(expected.Floats($"{id}.final_exp_avg_sq.W"), state.exp_avg_sq, 0, "second moment of W");
    }

    private static AdamW Optimizer(Linear linear, JsonElement setting)
    {
        double rate = setting.GetProperty("lr").GetDouble();
        double beta1 = setting.GetProperty("betas")[0].GetDouble();
        double beta2 = setting.GetProperty("betas")[1].GetDouble();
        double eps = setting.GetProperty("eps").GetDouble();
        double decay = setting.GetProperty("weight_decay").GetDouble();
        double biasDecay = setting.GetProperty("no_decay_on_bias").GetBoolean() ? 0 : decay;
        AdamW.ParamGroup[] groups =
        [
            new([linear.weight], rate, beta1, beta2, eps, decay),
            new([linear.bias!], rate, beta1, beta2, eps, biasDecay),
        ];
        return optim.AdamW(groups, rate, beta1, beta2, eps, decay);
    }

    private static List<JsonElement> Read(string config) =>
        [.. JsonDocument.Parse(File.ReadAllText(config)).RootElement.GetProperty("cases").EnumerateArray()];

    private static Tensor Load(SafetensorsFile file, string name) => tensor(file.Floats(name)).reshape([.. file.Entries[name].Shape]);

    private static double[] Doubles(SafetensorsFile file, string name) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(file.Bytes(name)).ToArray();

    private static void AssertClose(float[] all, Tensor actual, int row, string what)
    {
        var values = actual.detach().data<float>().ToArray();
        for (int i = 0; i < values.Length; i++) AssertClose(all[row * values.Length + i], values[i], $"{what}[{i}] after step {row}");
    }

    private static void AssertClose(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: expected {expected}, found {actual}");
}
