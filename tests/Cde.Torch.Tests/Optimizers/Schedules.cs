using System.Text.Json;

namespace Cde.Torch.Tests.Optimizers;

/// <summary>The schedules of transformers.optimization, as factors of the initial rate.</summary>
internal static class Schedules
{
    public static Func<int, double> Factor(JsonElement setting, double learningRate)
    {
        var parameters = setting.GetProperty("schedule_params");
        double Get(string name) => parameters.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
        double warmup = Get("warmup"), total = Get("total");
        double Progress(int step) => (step - warmup) / Math.Max(1, total - warmup);
        Func<int, double> after = setting.GetProperty("schedule").GetString() switch
        {
            "constant" or "constant_with_warmup" => _ => 1,
            "linear" => step => Math.Max(0, 1 - Progress(step)),
            "cosine" => step => Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * Get("num_cycles") * 2 * Progress(step)))),
            "cosine_with_restarts" => step => Progress(step) >= 1 ? 0
                : Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * (Get("num_cycles") * Progress(step) % 1)))),
            "polynomial" => step => (step > total ? Get("lr_end")
                : (learningRate - Get("lr_end")) * Math.Pow(1 - Progress(step), Get("power")) + Get("lr_end")) / learningRate,
            var name => throw new NotSupportedException($"schedule {name}"),
        };
        return step => step < warmup ? step / Math.Max(1, warmup) : after(step);
    }
}
