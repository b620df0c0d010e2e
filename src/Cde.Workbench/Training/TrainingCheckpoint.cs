using System.Globalization;
using System.Text.Json;
using Cde.Workbench.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>
/// A run's state on disk: <c>model.safetensors</c>, <c>optimizer.safetensors</c> (moments) and, written last, <c>checkpoint.json</c> (steps, options,
/// history). The folder is replaced as a whole, so that an interrupted write leaves the one before.
/// </summary>
public sealed class TrainingCheckpoint(string folder)
{
    private const string Manifest = "checkpoint.json";
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Where it lies.</summary>
    public string Folder { get; } = folder;

    /// <summary>Whether something was saved.</summary>
    public bool Exists => File.Exists(Path.Combine(Folder, Manifest));

    /// <summary>The history up to the saved step.</summary>
    public IReadOnlyList<TrainingRecord> History => Read().History;

    /// <summary>The options of the run that wrote it.</summary>
    public TrainingOptions Options => Read().Options;

    /// <summary>The saved step.</summary>
    public long Step => Read().Step;

    /// <summary>Saves model, optimizer moments and step.</summary>
    public void Save(nn.Module module, AdamW optimizer, TrainingOptions options, long step, IReadOnlyList<TrainingRecord> history) =>
        AtomicFile.WriteDirectory(
            Folder,
            temporary =>
            {
                TensorFile.Write(Path.Combine(temporary, "model.safetensors"), module.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter)));
                TensorFile.Write(Path.Combine(temporary, "optimizer.safetensors"), Moments(module, optimizer).SelectMany(entry => new[]
                {
                    (entry.Name + ".exp_avg", entry.State.exp_avg),
                    (entry.Name + ".exp_avg_sq", entry.State.exp_avg_sq),
                }));
                AtomicFile.WriteAllText(Path.Combine(temporary, Manifest), JsonSerializer.Serialize(new State(step, ComputePath.Current, options, Moments(module, optimizer).ToDictionary(entry => entry.Name, entry => entry.State.step), history), Json));
            },
            Manifest);

    /// <summary>Puts the saved state into a model and an optimizer built with the same options.</summary>
    /// <returns>The saved step.</returns>
    /// <exception cref="CdeException">Other options, another compute path, or a damaged file.</exception>
    public long Load(nn.Module module, AdamW optimizer, TrainingOptions options)
    {
        var state = Read();
        if (state.Options != options)
            throw new CdeException($"{Folder}: this checkpoint was written with other options ({Difference(state.Options, options)}); resume with the same, or start in another folder");
        if (state.ComputePath != ComputePath.Current)
            throw new CdeException($"{Folder}: this checkpoint was computed on the path {state.ComputePath}, this machine takes {ComputePath.Current}; resume with CDE_GEMM={state.ComputePath}, or start in another folder");
        using var scope = no_grad();
        using var model = SafetensorsFile.Open(Path.Combine(Folder, "model.safetensors"));
        using var moments = SafetensorsFile.Open(Path.Combine(Folder, "optimizer.safetensors"));
        foreach (var (name, parameter) in module.named_parameters())
            Fill(parameter, model, name);
        foreach (var (name, entry) in Moments(module, optimizer))
        {
            Fill(entry.exp_avg, moments, name + ".exp_avg");
            Fill(entry.exp_avg_sq, moments, name + ".exp_avg_sq");
            entry.step = state.ParameterSteps[name];
        }

        return state.Step;
    }

    private static void Fill(Tensor target, SafetensorsFile file, string name)
    {
        if (!file.Entries.TryGetValue(name, out var entry) || !entry.Shape.SequenceEqual(target.shape))
            throw new CdeException($"{file.Path}: tensor {name} is missing or has another shape than the model; the checkpoint is of another model");
        using var values = tensor(file.Floats(name), [.. entry.Shape]);
        target.copy_(values);
    }

    /// <summary>Each parameter's moments, by the parameter's name, in the optimizer's own order of groups.</summary>
    private static IEnumerable<(string Name, AdamW.State State)> Moments(nn.Module module, AdamW optimizer)
    {
        var all = module.named_parameters().ToArray();
        var names = all.Where(entry => entry.parameter.dim() > 1).Concat(all.Where(entry => entry.parameter.dim() == 1)).Select(entry => entry.name);
        return names.Zip(optimizer.state_dict().State.Cast<AdamW.State>());
    }

    private static string Difference(TrainingOptions saved, TrainingOptions now)
    {
        foreach (var property in typeof(TrainingOptions).GetProperties())
        {
            var (was, wants) = (property.GetValue(saved), property.GetValue(now));
            if (!Equals(was, wants))
                return string.Create(CultureInfo.InvariantCulture, $"{property.Name} was {was}, now {wants}");
        }

        return "an unknown difference";
    }

    private State Read()
    {
        var path = Path.Combine(Folder, Manifest);
        if (!File.Exists(path))
            throw new CdeException($"{path}: there is no checkpoint here");
        try
        {
            return JsonSerializer.Deserialize<State>(File.ReadAllBytes(path), Json) ?? throw new CdeException($"{path}: the checkpoint is empty");
        }
        catch (JsonException error)
        {
            throw new CdeException($"{path}: not valid JSON at line {error.LineNumber + 1}; the checkpoint is damaged", error);
        }
    }

    private sealed record State(long Step, string ComputePath, TrainingOptions Options, IReadOnlyDictionary<string, long> ParameterSteps, IReadOnlyList<TrainingRecord> History);
}
