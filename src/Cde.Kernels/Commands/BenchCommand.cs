using System.Diagnostics;
using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using static TorchSharp.torch;

namespace Cde.Kernels.Commands;

/// <summary>Measures how fast this machine multiplies matrices: the peak that every other rate is a share of.</summary>
public sealed class BenchCommand : Command<BenchOptions, BenchResult>
{
    /// <inheritdoc/>
    public override string Name => "bench";

    /// <inheritdoc/>
    public override string Summary => "Measure throughput against the machine's own peak";

    /// <inheritdoc/>
    public override string Description => "Multiplies square matrices in float32 and bfloat16 and takes the median of the repeats. Run it on an idle machine.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["bench", "bench --size 4096 --repeats 9 --json"];

    /// <inheritdoc/>
    public override Task<BenchResult> RunAsync(BenchOptions options, Session session, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var lines = new List<BenchLine>();
            foreach (var (name, type) in (ReadOnlySpan<(string, ScalarType)>)[("float32", ScalarType.Float32), ("bfloat16", ScalarType.BFloat16)])
                lines.Add(Measure(name, type, options, session.Progress, cancellation));
            return new BenchResult(lines) { Provenance = ComputeFacts.Add(new Provenance { Device = options.Device }) };
        },
        cancellation);

    private static BenchLine Measure(string name, ScalarType type, BenchOptions options, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var a = ones(options.Size, options.Size, dtype: type, device: device(options.Device)); // speed does not depend on the values
        var seconds = new List<double>();
        for (var repeat = -1; repeat < options.Repeats; repeat++)
        {
            cancellation.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            using (var product = matmul(a, a))
                product[0, 0].to(ScalarType.Float32).cpu().Dispose(); // waits for the device
            if (repeat >= 0) // the first one warms up
                seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            progress.Report(new WorkProgress($"multiplying in {name}", repeat + 1, options.Repeats, "products"));
        }

        seconds.Sort();
        var median = seconds[seconds.Count / 2];
        return new BenchLine($"matrix product {name}", 2.0 * options.Size * options.Size * options.Size / median / 1e9, "GFLOP/s", median);
    }
}

/// <summary>What <c>bench</c> takes.</summary>
public sealed record BenchOptions : CommandOptions
{
    /// <summary>Rows and columns.</summary>
    [Option("Rows and columns of the matrices", Min = 16, Max = 32_768)]
    public int Size { get; init; } = 2048;

    /// <summary>How often each is measured.</summary>
    [Option("Measurements, of which the median counts", Min = 1, Max = 1001)]
    public int Repeats { get; init; } = 5;

    /// <summary>Where tensors live.</summary>
    [Option("Where to compute", Choices = ["cpu", "cuda"])]
    public string Device { get; init; } = "cpu";
}

/// <summary>The measurements.</summary>
/// <param name="Lines">One a kind of work.</param>
public sealed record BenchResult(IReadOnlyList<BenchLine> Lines) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(new Table(
        ["work", ">rate", "unit", ">seconds"],
        [.. Lines.Select(line => (string[])[
            line.Work,
            line.Rate.ToString("N1", CultureInfo.InvariantCulture),
            line.Unit,
            line.Seconds.ToString("0.0000", CultureInfo.InvariantCulture),
        ])]));
}

/// <summary>One measurement.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Rate">How fast.</param>
/// <param name="Unit">Of the rate.</param>
/// <param name="Seconds">The median time.</param>
public sealed record BenchLine(string Work, double Rate, string Unit, double Seconds);
