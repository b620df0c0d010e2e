using System.Globalization;

namespace Cde.Kernels.Directives;

/// <summary><c>#!time</c>: measures the rest of the cell by the wall clock, also where it fails.</summary>
public sealed class TimeDirective : IDirective
{
    /// <inheritdoc/>
    public string Name => "time";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Running;

    /// <inheritdoc/>
    public string Summary => "Measure the rest of the cell by the wall clock";

    /// <inheritdoc/>
    public Task RunAsync(DirectiveContext context)
    {
        var time = context.Cell.Session.Time;
        var start = time.GetTimestamp();
        context.Endings.Add(() => context.Show($"Wall time: {Words(time.GetElapsedTime(start))}\n"));
        return Task.CompletedTask;
    }

    /// <summary>A time in the unit that suits it: <c>12.3 ms</c>, <c>4.56 s</c>, <c>3 min 7 s</c>.</summary>
    internal static string Words(TimeSpan elapsed) => elapsed switch
    {
        { TotalSeconds: < 0.9995 } => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0.0} ms"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)elapsed.TotalMinutes} min {elapsed.Seconds} s"),
    };
}
