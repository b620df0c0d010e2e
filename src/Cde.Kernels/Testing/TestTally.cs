using System.Xml.Linq;

namespace Cde.Kernels.Testing;

/// <summary>Counts of one test run, read from the runner's result file (TRX).</summary>
internal sealed class TestTally
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Tests that passed.</summary>
    public int Passed { get; private set; }

    /// <summary>One line for each failed test.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>One line for each skipped test.</summary>
    public List<string> Skips { get; } = [];

    /// <summary>Reads a result file; empty where the run left none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mustHaveData">A test skipped for want of data counts as failed.</param>
    public static TestTally Read(string file, bool mustHaveData)
    {
        var tally = new TestTally();
        if (!File.Exists(file))
            return tally;
        foreach (var result in XDocument.Load(file).Descendants(Trx + "UnitTestResult"))
        {
            var name = (string?)result.Attribute("testName") ?? "?";
            var said = FirstLine(result.Descendants(Trx + "Message").FirstOrDefault()?.Value ?? result.Descendants(Trx + "StdOut").FirstOrDefault()?.Value);
            switch ((string?)result.Attribute("outcome"))
            {
                case "Passed": tally.Passed++; break;
                case "NotExecuted" when mustHaveData && IsWantOfData(said): tally.Failures.Add($"{name}: skipped though ../shared is present: {said}"); break;
                case "NotExecuted": tally.Skips.Add($"{name}: {said}"); break;
                default: tally.Failures.Add($"{name}: {said}"); break;
            }
        }

        return tally;
    }

    /// <summary>Adds another run's counts.</summary>
    public void Add(TestTally other)
    {
        Passed += other.Passed;
        Failures.AddRange(other.Failures);
        Skips.AddRange(other.Skips);
    }

    /// <summary>Whether a skip's reason is missing data, as Cde.Testing words it, and not missing hardware.</summary>
    private static bool IsWantOfData(string reason) =>
        reason.StartsWith("needs ", StringComparison.Ordinal) && !reason.Contains("GPU", StringComparison.Ordinal)
        || reason.StartsWith("golden case ", StringComparison.Ordinal);

    private static string FirstLine(string? text) =>
        text?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
}
