using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses.Golden;

/// <summary>One folder of the golden losses: its cases, tensors and stated tolerance, all read from its own files.</summary>
internal sealed class LossFolder : IDisposable
{
    private readonly string name;
    private readonly SafetensorsFile inputs;
    private readonly SafetensorsFile expected;
    private readonly JsonDocument config;
    private readonly StatedTolerance tolerance;

    static LossFolder() => TestDevice.Use();

    /// <summary>Opens a folder; skips the test where it is absent.</summary>
    public LossFolder(string name)
    {
        this.name = name;
        var folder = TestFolders.GoldenCase(Path.Combine("case05_losses", name));
        inputs = SafetensorsFile.Open(Path.Combine(folder, "inputs.safetensors"));
        expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        tolerance = StatedTolerance.Of(folder);
    }

    /// <summary>
    /// Computes the loss of every case, and compares value and gradients: a loss that is no scalar is weighted with the case's upstream values first.
    /// </summary>
    public void Check(Func<LossCase, Tensor> loss) => CheckBackward(one =>
    {
        var value = loss(one);
        var upstream = one.Id + ".upstream";
        (inputs.Entries.ContainsKey(upstream) ? (value * GoldenCase.Read(inputs, upstream)).sum() : value).backward();
        return value;
    });

    /// <summary>As <see cref="Check"/>, for a function that also takes the loss back to the inputs.</summary>
    public void CheckBackward(Func<LossCase, Tensor> loss)
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var element in config.RootElement.GetProperty("cases").EnumerateArray())
        {
            using var scope = NewDisposeScope();
            var one = new LossCase(element, inputs, expected);
            var value = loss(one);
            Compare(one.Id + ".loss", value, failures, one);
            foreach (var input in one.Differentiated)
                Compare($"{one.Id}.grad.{input}", one[input].grad ?? zeros_like(one[input]), failures, one);
            count++;
        }

        Assert.NotEqual(0, count);
        Assert.True(failures.Count == 0, $"{name}: {failures.Count} of {count} cases: {string.Join("; ", failures.Take(12))}");
    }

    private void Compare(string tensor, Tensor actual, List<string> failures, LossCase one)
    {
        if (tolerance.Excess(GoldenCase.Read(expected, tensor), actual) is { } excess)
            failures.Add($"{tensor} {one.Parameters.GetRawText()} {excess}");
    }

    public void Dispose()
    {
        inputs.Dispose();
        expected.Dispose();
        config.Dispose();
    }
}

/// <summary>One case of a folder.</summary>
internal sealed class LossCase
{
    private readonly Dictionary<string, Tensor> values;
    private readonly SafetensorsFile expected;

    public LossCase(JsonElement element, SafetensorsFile inputs, SafetensorsFile expected)
    {
        this.expected = expected;
        Id = element.GetProperty("id").GetString()!;
        Description = element.GetProperty("description").GetString()!;
        Parameters = element.GetProperty("params");
        Differentiated = [.. element.GetProperty("inputs_with_gradient").EnumerateArray().Select(input => input.GetString()!)];
        values = Differentiated.ToDictionary(input => input, input => GoldenCase.Read(inputs, $"{Id}.{input}").requires_grad_());
        foreach (var input in element.GetProperty("constant_inputs").EnumerateArray().Select(input => input.GetString()!))
            values[input] = GoldenCase.Read(inputs, $"{Id}.{input}");
    }

    public string Id { get; }

    public string Description { get; }

    public JsonElement Parameters { get; }

    public IReadOnlyList<string> Differentiated { get; }

    /// <summary>The kind of loss, without the remark behind it.</summary>
    public string Kind => Parameters.GetProperty("kind").GetString()!.Split(" (")[0];

    public Tensor this[string input] => values[input];

    public Tensor? Find(string input) => values.GetValueOrDefault(input);

    public Tensor Expected(string name) => GoldenCase.Read(expected, $"{Id}.{name}");

    public double Number(string parameter) => Parameters.GetProperty(parameter).GetDouble();

    public bool Flag(string parameter) => Parameters.TryGetProperty(parameter, out var value) && value.ValueKind == JsonValueKind.True;

    public string Text(string parameter) => Parameters.GetProperty(parameter).GetString()!;

    /// <summary>Several (B, d) inputs, one a candidate, as (B n, d): the n of row 0 first.</summary>
    public Tensor? Rows(params string[] inputs)
    {
        var present = inputs.Where(values.ContainsKey).Select(input => values[input]).ToArray();
        return present.Length == 0 ? null : stack(present, 1).flatten(0, 1);
    }
}
