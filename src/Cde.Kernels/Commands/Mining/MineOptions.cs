using Cde.Workbench.Mining;
using Cde.Workbench.Mining.FalseNegatives;

namespace Cde.Kernels.Commands;

/// <summary>What <c>mine</c> takes: a preset, and options that go before it.</summary>
public record MineOptions : ContextOptions
{
    /// <summary>The name of a preset.</summary>
    [Option("Whose rules: sentence-transformers, flag-embedding, open-retrievals, nv-retriever, consistency, or ms-marco; the options here go before it", ValueName = "NAME")]
    public string Preset { get; init; } = "nv-retriever";

    /// <summary>The pool.</summary>
    [Option("Corpus that negatives are taken from; the corpus itself, or the texts of the training files, where left out", ValueName = "NAME", Completes = Completes.Corpora)]
    public string? Pool { get; init; }

    /// <summary>n.</summary>
    [Option("Negatives a query", Min = 1, Max = 10_000)]
    public int? Count { get; init; }

    /// <summary>Ranks.</summary>
    [Option("Ranks that candidates are taken from, START-END: from 0, the end not included", ValueName = "START-END")]
    public string? Range { get; init; }

    /// <summary>Top or random.</summary>
    [Option("Take the candidates that score highest, or random ones", Choices = ["top", "random"])]
    public string? Choice { get; init; }

    /// <summary>The absolute margin.</summary>
    [Option("How far below the positive's score a negative must be, as a score")]
    public double? AbsoluteMargin { get; init; }

    /// <summary>The relative margin.</summary>
    [Option("How far below the positive's score a negative must be, as a share of that score", Min = -1, Max = 1)]
    public double? RelativeMargin { get; init; }

    /// <summary>The largest score.</summary>
    [Option("Largest score of a negative")]
    public double? MaxScore { get; init; }

    /// <summary>The smallest score.</summary>
    [Option("Smallest score of a negative")]
    public double? MinScore { get; init; }

    /// <summary>The guide.</summary>
    [Option("Plain model that drops what it scores at or above the query's own positive", ValueName = "NAME", Completes = Completes.Models)]
    public string? Guide { get; init; }

    /// <summary>How far below the own positive the guide drops.</summary>
    [Option("How far below the positive's score the guide drops already, as a cosine", Min = -1, Max = 1)]
    public double GuideMargin { get; init; }

    /// <summary>A cross-encoder's scores.</summary>
    [Option("A cross-encoder's scores, JSON lines of query, document and score, which take the place of the search's", ValueName = "FILE", Completes = Completes.Files)]
    public string? Scores { get; init; }

    /// <summary>Systems' lists.</summary>
    [Option("A system's run file (TREC), whose lists stand in the place of a search; may be repeated", ValueName = "FILE", Completes = Completes.Files)]
    public IReadOnlyList<string> Runs { get; init; } = [];

    /// <summary>Documents a system.</summary>
    [Option("Negatives taken from each run of --runs", Min = 1, Max = 10_000)]
    public int PerSystem { get; init; } = 5;

    /// <summary>A cross-encoder.</summary>
    [Option("Cross-encoder whose scores, from 0 to 1, take the place of the search's", ValueName = "NAME", Completes = Completes.Models)]
    public string? Reranker { get; init; }

    /// <summary>Review decisions.</summary>
    [Option("Decisions on suspects: read where the file exists, added to by --accept and --reject", ValueName = "FILE", Completes = Completes.Files)]
    public string? Review { get; init; }

    /// <summary>Suspects that are no answers.</summary>
    [Option("A suspect's number: it does not answer the query, keep it; may be repeated, or a list with commas", ValueName = "N")]
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>Suspects that are answers.</summary>
    [Option("A suspect's number: it answers the query, never take it; may be repeated, or a list with commas", ValueName = "N")]
    public IReadOnlyList<string> Reject { get; init; } = [];

    /// <summary>The form of the file.</summary>
    [Option("Form of the file that --out names", Choices = ["flag", "triplet", "n-tuple", "labelled-pair", "labelled-list"])]
    public string Form { get; init; } = "flag";

    /// <summary>Every reason.</summary>
    [Option("Write why each candidate was kept or dropped to this file, JSON lines", ValueName = "FILE", Completes = Completes.Files)]
    public string? Reasons { get; init; }

    /// <summary>Queries shown.</summary>
    [Option("Queries to show with their negatives", Min = 0)]
    public int Show { get; init; } = 5;

    /// <summary>The library's options: the preset's, with those given over them.</summary>
    /// <exception cref="UsageException">The preset is unknown, or the range is none.</exception>
    internal MiningOptions ToMiningOptions()
    {
        var preset = MiningPresets.Get(Preset);
        var (start, end) = Range is null ? (preset.RangeStart, preset.RangeEnd) : ParseRange(Range);
        return preset with
        {
            Count = Count ?? preset.Count,
            RangeStart = start,
            RangeEnd = end,
            Choice = Choice is null ? preset.Choice : Choice == "top" ? NegativeChoice.Top : NegativeChoice.Random,
            AbsoluteMargin = AbsoluteMargin ?? preset.AbsoluteMargin,
            RelativeMargin = RelativeMargin ?? preset.RelativeMargin,
            MaxScore = MaxScore ?? preset.MaxScore,
            MinScore = MinScore ?? preset.MinScore,
            Guide = new FalseNegativeOptions { Margin = GuideMargin },
            Seed = Seed,
        };
    }

    /// <summary>The form that <see cref="Form"/> names.</summary>
    internal MinedForm MinedForm => Form switch
    {
        "flag" => MinedForm.Flag,
        "triplet" => MinedForm.Triplet,
        "n-tuple" => MinedForm.NTuple,
        "labelled-pair" => MinedForm.LabelledPair,
        _ => MinedForm.LabelledList,
    };

    /// <summary>The suspects' numbers in a list of them.</summary>
    /// <exception cref="UsageException">One is no number.</exception>
    internal static IReadOnlyList<int> Numbers(string option, IReadOnlyList<string> lists) =>
    [
        .. lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(text => int.TryParse(text, out var number) && number > 0 ? number : throw new UsageException($"mine: {option} {text}: expected a suspect's number, from 1")),
    ];

    private static (int Start, int? End) ParseRange(string text) =>
        text.Split('-') is [var from, var to] && int.TryParse(from, out var start) && int.TryParse(to, out var end)
            ? (start, end)
            : throw new UsageException($"mine: --range {text}: expected START-END, such as 10-210");
}
