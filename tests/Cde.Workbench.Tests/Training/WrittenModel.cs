using Cde.Workbench.Models;

namespace Cde.Workbench.Tests.Training;

/// <summary>The folder of a model that a run wrote.</summary>
internal static class WrittenModel
{
    /// <summary>Two folders hold the same tensors, value by value within the tolerance; 0 for the same numbers.</summary>
    public static void AssertSame(string model, string other, double tolerance)
    {
        using var first = SafetensorsFile.Open(Path.Combine(model, "model.safetensors"));
        using var second = SafetensorsFile.Open(Path.Combine(other, "model.safetensors"));
        Assert.Equal(first.Entries.Keys.Order(), second.Entries.Keys.Order());
        foreach (var name in first.Entries.Keys)
        {
            var (a, b) = (first.Floats(name), second.Floats(name));
            Assert.Equal(a.Length, b.Length);
            for (var i = 0; i < a.Length; i++)
                Assert.True(Math.Abs(a[i] - b[i]) <= tolerance, $"{name}[{i}]: {a[i]} and {b[i]}");
        }
    }
}
