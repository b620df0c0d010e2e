using System.Globalization;
using Cde.Kernels.Bench;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Models;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Kernels.Commands;

/// <summary>Measures throughput against the machine's own peak, and against PyTorch written the plain way.</summary>
public sealed class BenchCommand : Command<BenchOptions, BenchResult>
{
    /// <inheritdoc/>
    public override string Name => "bench";

    /// <inheritdoc/>
    public override string Summary => "Measure throughput against the machine's own peak";

    /// <inheritdoc/>
    public override string Description =>
        "Measures the fastest matrix product in each precision, then encoders with seeded random weights (tokens/s, share of that peak), tokenisation and exact "
        + "search. With --peer the same weights and token ids also go through python3-torch in alternating runs. Run it on an idle machine.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["bench --quick", "bench --peer --models minilm,bert-base", "bench --sections train --peer", "bench --sections clustering --peer", "bench --json --out bench.json"];

    /// <inheritdoc/>
    public override Task<BenchResult> RunAsync(BenchOptions options, Session session, CancellationToken cancellation)
    {
        var plan = Plan(options);
        var models = BenchModel.Choose(Words(options.Models));
        return Task.Run(
            () =>
            {
                var threads = get_num_threads();
                try
                {
                    set_num_threads(options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
                    return Measure(options, plan, models, session, cancellation);
                }
                finally
                {
                    set_num_threads(threads);
                }
            },
            cancellation);
    }

    private static BenchResult Measure(BenchOptions options, BenchPlan plan, IReadOnlyList<BenchModel> models, Session session, CancellationToken cancellation)
    {
        var progress = session.Progress;
        var machine = Machine.Read();
        progress.Report(new WorkProgress("matrix products", 0, 0, ""));
        var peaks = plan.Precisions.Select(precision => GemmPeak.Measure(precision, options.Quick ? GemmPeak.FewSizes : GemmPeak.AllSizes, Math.Max(3, plan.Runs), cancellation)).ToList();
        var leftOut = new List<string>();

        var encoding = new EncodingBench(plan, peaks, progress, cancellation);
        foreach (var model in plan.Has("encoding") ? models : [])
            encoding.Measure(model);

        var (tokenization, natural) = (default(TokenizationRate), Array.Empty<int>());
        var comparesEncoders = options.Peer && plan.Sections is not ["train"] and not ["map"] and not ["clustering"] and not ["scoring"];
        var wanted = plan.Has("tokenisation") || comparesEncoders;
        var texts = wanted ? TokenizationBench.Texts(plan.Documents, progress, cancellation) : null;
        if (texts is null && wanted)
        {
            leftOut.Add("Tokenisation and natural lengths are left out: this machine has no .NET reference packs, of which the corpus dotnet-api is made.");
        }

        if (texts is not null)
        {
            var tokenizer = TokenizationBench.Train(texts, progress, cancellation);
            progress.Report(new WorkProgress("tokenisation", 0, 0, ""));
            tokenization = TokenizationBench.Measure(tokenizer, texts, plan.Runs, cancellation);
            natural = NaturalLengths(tokenizer, texts, plan, cancellation);
        }

        SearchRate? search = null;
        if (plan.Has("search"))
        {
            progress.Report(new WorkProgress("search", 0, 0, ""));
            var peak = peaks.FirstOrDefault(found => found.Precision == "float32") ?? GemmPeak.Measure(ScalarType.Float32, GemmPeak.AllSizes, 3, cancellation);
            search = SearchBench.Measure(plan.Documents * 5, 256, plan.Runs, plan.Seed, peak.Gigaflops, cancellation);
        }

        var peakOf = peaks.FirstOrDefault(found => found.Precision == "float32");
        var clustering = new ClusteringBench(plan, plan.Has("clustering") ? (peakOf ?? GemmPeak.Measure(ScalarType.Float32, GemmPeak.AllSizes, 3, cancellation)).Gigaflops : 0, progress, cancellation);
        if (plan.Has("clustering") && clustering.Measure(options.Peer) is { } noFaiss)
            leftOut.Add(noFaiss);
        var maps = plan.Has("map") ? MapBench.Measure(plan.MapPoints, plan.Seed, progress, cancellation) : [];
        var scoring = plan.Has("scoring") ? ScoringBench.Measure(plan.Runs, plan.Seed, progress, cancellation) : [];
        var peer = new PeerBench(plan, natural, progress, cancellation);
        if (comparesEncoders && peer.Compare(models) is { } missing)
            leftOut.Add(missing);
        var training = new TrainBench(plan, progress, cancellation);
        if (plan.Has("train") && training.Measure(options.Peer) is { } noPeer)
            leftOut.Add(noPeer);
        var result = new BenchResult
        {
            Command = Line(options),
            Machine = machine,
            Peaks = peaks,
            Encoding = encoding.Rows,
            Cosines = encoding.Cosines,
            Tokenization = tokenization,
            Search = search,
            Clustering = clustering.Rows,
            Maps = maps,
            Scoring = scoring,
            Peer = peer.Rows,
            Training = training.Rows,
            PeerVersion = peer.Version ?? training.Version ?? clustering.Version,
            LeftOut = leftOut,
            PeakMemoryBytes = Machine.PeakMemory(),
            Provenance = ComputeFacts.Add(new Provenance { Seed = options.Seed, Device = "cpu" }) with { GemmPath = ComputePath.Inference(ScalarType.Float32) },
        };
        return result with { Aims = [.. Aims.Judge(result)] };
    }

    /// <summary>Token lengths of an even sample of the texts.</summary>
    private static int[] NaturalLengths(WordPieceTokenizer tokenizer, IReadOnlyList<string> texts, BenchPlan plan, CancellationToken cancellation)
    {
        var count = Math.Min(plan.NaturalTexts, texts.Count);
        string[] sample = [.. Enumerable.Range(0, count).Select(i => texts[(int)((long)i * texts.Count / count)])];
        return Workload.Lengths(tokenizer.Encode(sample, new TokenizeOptions { MaxTokens = 512 }, cancellation));
    }

    private static BenchPlan Plan(BenchOptions options) => new()
    {
        Seed = options.Seed,
        Sections = [.. Words(options.Sections).Select(word => word is "encoding" or "tokenisation" or "search" or "train" or "clustering" or "map" or "scoring" or "none"
            ? word
            : throw new UsageException($"bench: --sections {word}: expected encoding, tokenisation, search, train, clustering, map, scoring or none"))],
        Lengths = [.. Words(options.Lengths).Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is >= 1 and <= 512
            ? length
            : throw new UsageException($"bench: --lengths {word}: expected numbers from 1 to 512, separated by commas"))],
        Precisions = [.. Words(options.Precision).Distinct().Select(word => word switch
        {
            "float32" => ScalarType.Float32,
            "bfloat16" => ScalarType.BFloat16,
            _ => throw new UsageException($"bench: --precision {word}: expected float32, bfloat16 or both, separated by a comma"),
        }).Order()],
        Runs = options.Runs > 0 ? options.Runs : options.Quick ? 3 : 5,
        Positions = options.Quick ? 1024 : 4096,
        CosineTexts = options.Quick ? 100 : 1000,
        Documents = options.Quick ? 4000 : 20000,
        MapPoints = options.Quick ? 5000 : 50_000,
        ClusteredPoints = options.Quick ? 10_000 : 100_000,
        NaturalTexts = options.Quick ? 64 : 256,
        TrainingPairs = options.Quick ? 16 : 32,
        PeerSeconds = options.Quick ? 5 : 20,
    };

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The command line that remakes this result.</summary>
    private static string Line(BenchOptions options)
    {
        var defaults = new BenchOptions();
        var words = new List<string> { $"{ProgramName.Typed} bench" };
        void Add(bool differs, string word)
        {
            if (differs)
                words.Add(word);
        }

        Add(options.Quick, "--quick");
        Add(options.Peer, "--peer");
        Add(options.Sections != defaults.Sections, "--sections " + options.Sections);
        Add(options.Models != defaults.Models, "--models " + options.Models);
        Add(options.Lengths != defaults.Lengths, "--lengths " + options.Lengths);
        Add(options.Precision != defaults.Precision, "--precision " + options.Precision);
        Add(options.Threads != 0, string.Create(CultureInfo.InvariantCulture, $"--threads {options.Threads}"));
        Add(options.Runs != 0, string.Create(CultureInfo.InvariantCulture, $"--runs {options.Runs}"));
        Add(options.Seed != defaults.Seed, string.Create(CultureInfo.InvariantCulture, $"--seed {options.Seed}"));
        return string.Join(' ', words);
    }
}
