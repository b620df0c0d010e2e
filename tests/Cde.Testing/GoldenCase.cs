using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cde.Workbench.Models;
using Xunit;
using static TorchSharp.torch;

namespace Cde.Testing;

/// <summary>One golden case: its inputs, expected tensors and stated tolerance, all read from its own files.</summary>
public sealed partial class GoldenCase : IDisposable
{
    private readonly JsonDocument inputs;
    private readonly SafetensorsFile expected;

    static GoldenCase() => TestDevice.Use();

    /// <summary>Opens a case; skips the test where the folder does not have it.</summary>
    public GoldenCase(string name)
    {
        Folder = TestFolders.GoldenCase(name);
        inputs = JsonDocument.Parse(System.IO.File.ReadAllBytes(File("inputs.json")));
        expected = SafetensorsFile.Open(File("expected.safetensors"));
        var stated = ToleranceText().Match(System.IO.File.ReadAllText(File("README.md")));
        Assert.True(stated.Success, $"{Folder}: README.md states no tolerance");
        Tolerance = TestDevice.Tolerance(double.Parse(stated.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>Where the case lies.</summary>
    public string Folder { get; }

    /// <summary>Largest absolute difference that the case states, adapted to the <see cref="TestDevice"/>.</summary>
    public double Tolerance { get; }

    /// <summary>inputs.json.</summary>
    public JsonElement Inputs => inputs.RootElement;

    /// <summary>Names of the expected tensors.</summary>
    public IEnumerable<string> ExpectedNames => expected.Entries.Keys;

    /// <summary>A file of the case.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>A group of inputs.json.</summary>
    public JsonElement Group(string name) => Inputs.GetProperty(name);

    /// <summary>Whether a tensor is expected.</summary>
    public bool Expects(string name) => expected.Entries.ContainsKey(name);

    /// <summary>An expected tensor.</summary>
    public Tensor Expected(string name) => Read(expected, name);

    /// <summary>A tensor of a file, booleans and integers as int64.</summary>
    public static Tensor Read(SafetensorsFile file, string name)
    {
        var entry = file.Entries[name];
        return entry.Dtype is SafetensorsDtype.I64 or SafetensorsDtype.I32 or SafetensorsDtype.Bool
            ? tensor(file.Integers(name), [.. entry.Shape])
            : tensor(file.Floats(name), [.. entry.Shape]);
    }

    /// <summary>A nested array of whole numbers as (B, T) int64; null where the group lacks it.</summary>
    public static Tensor? Matrix(JsonElement group, string key)
    {
        if (!group.TryGetProperty(key, out var rows))
            return null;
        var values = rows.EnumerateArray().SelectMany(row => row.EnumerateArray().Select(value => value.GetInt64())).ToArray();
        var count = rows.GetArrayLength();
        return tensor(values, [count, values.Length / count]);
    }

    /// <summary>Asserts equality within the stated tolerance, NaN equal to NaN; <paramref name="where"/> limits it to positions that are not 0.</summary>
    public void AssertClose(string name, Tensor actual, Tensor? where = null)
    {
        using var scope = NewDisposeScope();
        var wanted = Expected(name);
        Assert.Equal(wanted.shape, actual.shape);
        var a = wanted.cpu().data<float>().ToArray();
        var b = actual.detach().cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
        var use = where?.expand_as(wanted).cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
        var worst = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            if (use is not null && use[i] == 0)
                continue;
            Assert.Equal(float.IsNaN(a[i]), float.IsNaN(b[i]));
            if (!float.IsNaN(a[i]))
                worst = Math.Max(worst, Math.Abs((double)a[i] - b[i]));
        }

        Assert.True(worst <= Tolerance, $"{name}: largest difference {worst:g3}, {Tolerance:g3} is allowed");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        expected.Dispose();
        inputs.Dispose();
    }

    [GeneratedRegex(@"[Tt]olerance float32[^0-9]*([0-9.]+e-?[0-9]+|[0-9.]+)")]
    private static partial Regex ToleranceText();
}
