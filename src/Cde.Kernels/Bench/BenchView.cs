using System.Globalization;
using Cde.Kernels.Displays;

namespace Cde.Kernels.Bench;

/// <summary>The bench's tables.</summary>
internal static class BenchView
{
    /// <summary>All blocks.</summary>
    public static View Of(BenchResult result) => new([.. Blocks(result)]);

    private static IEnumerable<Block> Blocks(BenchResult result)
    {
        var machine = result.Machine;
        yield return new Paragraph(Text(
            $"{machine.Processor}, {machine.Cores} cores, {machine.Features}; {machine.Threads} threads, libtorch {machine.Libtorch}, {machine.GemmPath}, fused layers {machine.FusedFloat32 ?? "off"} and {machine.FusedBFloat16 ?? "off"}; load before {machine.LoadBefore:f1}"));
        yield return new Table(
            ["matrix product", ">GFLOP/s", "by", "sizes", ">libtorch", ">packed", ">fused"],
            [.. result.Peaks.Select(peak => (string[])[
                peak.Precision, Text($"{peak.Gigaflops:f0}"), peak.By, peak.Shape, Text($"{peak.LibtorchGigaflops:f0}"), Text($"{peak.PackedGigaflops:f0}"), Text($"{peak.FusedGigaflops:f0}")])]);
        if (result.Encoding.Count > 0)
        {
            yield return new Table(
                ["encoding", "precision", ">tokens", ">texts", ">tokens/s", ">GFLOP/s", ">of peak", ">unfused tokens/s", ">slowest/fastest"],
                [.. result.Encoding.Select(row => (string[])[
                    row.Model, row.Precision, Text($"{row.TextLength}"), Text($"{row.Texts}"), Text($"{row.TokensPerSecond:f0}"), Text($"{row.Gigaflops:f0}"),
                    Text($"{row.ShareOfPeak:p0}"), Text($"{row.UnfusedTokensPerSecond:f0}"), Text($"{row.Slowest / row.Fastest:f2}")])]);
        }

        if (result.Peer.Count > 0)
        {
            yield return new Table(
                ["against PyTorch " + result.PeerVersion, "precision", "texts", ">ours, tokens/s", ">peer, tokens/s", ">ratio", ">to float32 peer", ">aim", ">cosine", ">runs"],
                [.. result.Peer.Select(row => (string[])[
                    row.Model, row.Precision, row.Texts, Text($"{row.OurTokensPerSecond:f0}"), Text($"{row.PeerTokensPerSecond:f0}"), Text($"{row.Ratio:f2}"),
                    Text($"{row.RatioToFloat32:f2}"), Text($"{row.Aim}"), Text($"{row.LowestCosine:f5}"), Text($"{row.Runs}")])]);
        }

        if (result.Training.Count > 0)
        {
            yield return new Table(
                ["training step, float32" + (result.PeerVersion is null ? "" : $", against PyTorch {result.PeerVersion}"), "step", "batch", ">ours, ms", ">tokens/s", ">peer, ms", ">ratio", ">loss differs by", ">runs"],
                [.. result.Training.Select(row => (string[])[
                    row.Model, row.Step, row.Batch, Text($"{1000 * row.Seconds:f0}"), Text($"{row.TokensPerSecond:f0}"), Text($"{1000 * row.PeerSeconds:f0}"), Text($"{row.Ratio:f2}"),
                    Text($"{row.LossDifference:e1}"), Text($"{row.Runs}")])]);
        }

        if (result.Tokenization is { } tokenization)
        {
            yield return new Paragraph(Text(
                $"Tokenisation: {tokenization.MegabytesPerSecond:f1} MB/s and {tokenization.TokensPerSecond / 1e6:f2} million tokens/s on one core, {tokenization.AllCores:f1} MB/s on all ({tokenization.Documents} documents, {tokenization.Megabytes:f1} MB, vocabulary of {tokenization.Vocabulary} trained on them)."));
        }

        if (result.Search is { } search)
        {
            yield return new Paragraph(Text(
                $"Search: {search.QueriesPerSecond:f0} queries/s for the best {search.Depth} of {search.Documents} documents at width {search.Dimension}, {search.Queries} queries together: {search.Gigaflops:f0} GFLOP/s, {search.ShareOfPeak:p0} of the float32 peak."));
        }

        if (result.Clustering.Count > 0)
        {
            yield return new Table(
                ["work", "with", ">seconds", ">GFLOP/s", ">of the peak", ">faiss, seconds", ">times faiss", ">agreement"],
                [.. result.Clustering.Select(row => (string[])[
                    row.Work, row.Size, Text($"{row.Seconds:f2}"), Text($"{row.Gigaflops:f0}"), Text($"{row.ShareOfPeak:p0}"), Text($"{row.PeerSeconds:f2}"), Text($"{row.Ratio:f2}"), Text($"{row.Agreement:0.0000}")])]);
        }

        if (result.Maps.Count > 0)
        {
            yield return new Table(
                ["map", ">points", ">width", ">seconds", ">seconds of all threads", ">trustworthiness", ">overlap"],
                [.. result.Maps.Select(row => (string[])[
                    row.Method, Text($"{row.Points}"), Text($"{row.Dimension}"), Text($"{row.Seconds:f1}"), Text($"{row.CpuSeconds:f1}"), Text($"{row.Trustworthiness:f3}"), Text($"{row.Overlap:f3}")])]);
        }

        if (result.Scoring.Count > 0)
        {
            yield return new Table(
                ["scoring", ">queries", ">hits", "measures", ">seconds", ">fastest", ">slowest", ">seconds of all threads"],
                [.. result.Scoring.Select(row => (string[])[
                    row.Lists, Text($"{row.Queries:N0}"), Text($"{row.Hits:N0}"), row.Measures, Text($"{row.Runs.Median:f2}"), Text($"{row.Runs.Fastest:f2}"), Text($"{row.Runs.Slowest:f2}"), Text($"{row.CpuSeconds:f2}")])]);
        }

        if (result.PeakMemoryBytes is { } bytes)
            yield return new Paragraph(Text($"Highest memory of the whole bench: {bytes / 1e9:f2} GB."));
        foreach (var line in result.LeftOut)
            yield return new Paragraph(line);
        if (result.Aims.Count > 0)
        {
            yield return new Table(
                ["aim", "set", ">measured", "", "reason"],
                [.. result.Aims.Select(row => (string[])[row.What, row.Aim, row.Measured, row.IsMet ? "met" : "missed", row.Reason])]);
        }

        yield return new Paragraph("Made by: " + result.Command);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
