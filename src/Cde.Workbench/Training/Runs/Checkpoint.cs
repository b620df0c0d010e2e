using System.Text.Json;
using Cde.Workbench.Models;
using Cde.Workbench.Training.Averaging;
using Cde.Workbench.Training.Optimization;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Runs;

/// <summary>
/// A run's state after a step: <c>model.safetensors</c> (the parameters that move, float32), <c>optimizer.safetensors</c> (their moments),
/// where one is kept <c>average.safetensors</c> (their average over the steps) and, written last, <c>checkpoint.json</c>. The folder appears as a whole under its name, so that a kill while it is written leaves the one before.
/// </summary>
public sealed class Checkpoint
{
    private const string Manifest = "checkpoint.json";
    private const string Weights = "model.safetensors";
    private const string Moments = "optimizer.safetensors";
    private const string Averages = "average.safetensors";
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly State state;

    private Checkpoint(string folder, State state) => (Folder, this.state) = (folder, state);

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>Optimiser steps taken.</summary>
    public long Step => state.Step;

    /// <summary>Threads of the products; another number rounds otherwise.</summary>
    public int Threads => state.Threads;

    /// <summary>Writes the state.</summary>
    /// <param name="folder">Replaced as a whole.</param>
    /// <param name="update">Parameters and moments.</param>
    /// <param name="step">Steps taken.</param>
    /// <param name="facts">What the run must find again to go on.</param>
    /// <param name="average">The average of the parameters, where one is kept.</param>
    internal static void Save(string folder, ParameterUpdate update, long step, RunFacts facts, WeightAverage? average = null) => AtomicFile.WriteDirectory(
        folder,
        temporary =>
        {
            TensorFile.Write(Path.Combine(temporary, Weights), update.Values);
            TensorFile.Write(Path.Combine(temporary, Moments), update.Moments);
            if (average is not null)
                TensorFile.Write(Path.Combine(temporary, Averages), average.Values);
            var files = Directory.EnumerateFiles(temporary).Order(StringComparer.Ordinal).ToDictionary(path => Path.GetFileName(path), ContentHash.OfFile);
            var state = new State(step, facts, get_num_threads(), update.ParameterSteps, files);
            AtomicFile.WriteAllText(Path.Combine(temporary, Manifest), JsonSerializer.Serialize(state, Json) + "\n");
        },
        Manifest);

    /// <summary>Reads the manifest of a folder.</summary>
    /// <exception cref="CdeException">There is none, or it is damaged.</exception>
    public static Checkpoint Open(string folder)
    {
        var path = Path.Combine(folder, Manifest);
        if (!File.Exists(path))
            throw new CdeException($"{path}: there is no checkpoint here");
        try
        {
            return new Checkpoint(folder, JsonSerializer.Deserialize<State>(File.ReadAllBytes(path), Json) ?? throw new JsonException("null"));
        }
        catch (JsonException error)
        {
            throw new CdeException($"{path}: not valid JSON at line {error.LineNumber + 1}; the checkpoint is damaged: {WayOut(folder)}", error);
        }
    }

    /// <summary>Puts the state into an optimiser built with the same options.</summary>
    /// <exception cref="CdeException">It was written by a run of other data, model or compute path, or a file is damaged.</exception>
    internal void Load(ParameterUpdate update, RunFacts facts, WeightAverage? average = null)
    {
        if (facts.Difference(state.Facts) is { } difference)
            throw new CdeException($"{Folder}: {difference}");
        foreach (var (name, hash) in state.Files)
        {
            var path = Path.Combine(Folder, name);
            if (!File.Exists(path) || ContentHash.OfFile(path) != hash)
                throw new CdeException($"{path} is {(File.Exists(path) ? "damaged (its hash is not that of the manifest)" : "missing")}: {WayOut(Folder)}");
        }

        using var values = SafetensorsFile.Open(Path.Combine(Folder, Weights));
        using var moments = SafetensorsFile.Open(Path.Combine(Folder, Moments));
        update.Load(values, moments, state.ParameterSteps);
        if (average is null)
            return;
        using var averages = SafetensorsFile.Open(Path.Combine(Folder, Averages));
        average.Load(averages);
    }

    private static string WayOut(string folder) => $"delete {folder} to go on from the checkpoint before it";

    private sealed record State(long Step, RunFacts Facts, int Threads, IReadOnlyDictionary<string, long> ParameterSteps, IReadOnlyDictionary<string, string> Files);
}
