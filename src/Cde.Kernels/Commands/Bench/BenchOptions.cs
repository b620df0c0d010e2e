namespace Cde.Kernels.Commands;

/// <summary>What <c>bench</c> takes.</summary>
public sealed record BenchOptions : CommandOptions
{
    /// <summary>Less of everything.</summary>
    [Option("Fewer texts and runs: a minute instead of a quarter of an hour, with wider margins")]
    public bool Quick { get; init; }

    /// <summary>Compare with PyTorch.</summary>
    [Option("Also run the same weights and token ids through the distribution's python3-torch, written the plain way, and the same vectors through its python3-faiss")]
    public bool Peer { get; init; }

    /// <summary>Which parts.</summary>
    [Option("What to measure beside the matrix products, separated by commas: encoding, tokenisation, search, train (the time of a training step), clustering (k-means and hard negatives), map (maps of 50,000 points), scoring (measures of 10,000 ranked lists), or none", ValueName = "LIST")]
    public string Sections { get; init; } = "encoding,tokenisation,search";

    /// <summary>Which encoders.</summary>
    [Option("Encoders, separated by commas: minilm, bert-base, nomic, two-stage-prefix, two-stage-full", ValueName = "LIST")]
    public string Models { get; init; } = "minilm,bert-base,nomic,two-stage-prefix,two-stage-full";

    /// <summary>Which lengths.</summary>
    [Option("Tokens of a text, separated by commas", ValueName = "LIST")]
    public string Lengths { get; init; } = "32,128,512";

    /// <summary>Threads.</summary>
    [Option("Threads inside one operator; 0 for as many as cores", Min = 0, Max = 1024)]
    public int Threads { get; init; }

    /// <summary>Runs.</summary>
    [Option("Runs of each measurement, of which the median counts; 0 for 5, or 3 with --quick", Min = 0, Max = 1001)]
    public int Runs { get; init; }

    /// <summary>Precisions.</summary>
    [Option("Floating-point types, separated by commas: float32, bfloat16", ValueName = "LIST")]
    public string Precision { get; init; } = "float32,bfloat16";

    /// <summary>Seed.</summary>
    [Option("Seed of weights, token ids and samples")]
    public long Seed { get; init; } = 1;
}
