namespace Cde.Kernels.Commands;

/// <summary>What <c>search</c> takes.</summary>
public sealed record SearchOptions : RankingOptions
{
    /// <summary>What to find.</summary>
    [Argument(0, "What to find; may be left out with --query-id")]
    public string Query { get; init; } = "";

    /// <summary>How many documents.</summary>
    [Option("Documents to show", Min = 1, Max = 1000)]
    public int Top { get; init; } = 10;

    /// <summary>The query of the corpus' task that is asked.</summary>
    [Option("Ask this query of the corpus' task, or mark what is relevant to it", ValueName = "ID")]
    public string? QueryId { get; init; }

    /// <summary>Where vectors lie that are searched in place of the corpus'.</summary>
    [Option("Search in these vectors: a folder that export wrote, a file of embed --out, or postgresql://user@host/database", ValueName = "WHERE", Completes = Completes.Files)]
    public string? In { get; init; }

    /// <summary>The table of vectors.</summary>
    [Option("Table to search in, for --in postgresql://...; made from the corpus' name where left out", ValueName = "NAME")]
    public string? Table { get; init; }

    /// <summary>The model of the other side.</summary>
    [Option("Beside it, what this model finds", ValueName = "NAME", Completes = Completes.Models)]
    public string? AgainstModel { get; init; }

    /// <summary>The context of the other side.</summary>
    [Option("Beside it, what is found in this context (as --context)", ValueName = "NAME", Completes = Completes.Contexts)]
    public string? AgainstContext { get; init; }

    /// <summary>The method of the other side.</summary>
    [Option("Beside it, what this method finds", Choices = [Ranking.Dense, Ranking.Words, Ranking.Hybrid])]
    public string? AgainstMethod { get; init; }

    /// <summary>Whether there is another side.</summary>
    internal bool HasOtherSide => AgainstModel is not null || AgainstContext is not null || AgainstMethod is not null;

    /// <summary>The options of the other side: what is not named is as on this one, but it searches the corpus itself.</summary>
    internal SearchOptions OtherSide() => this with { In = null, Table = null, Model = AgainstModel ?? Model, Context = AgainstContext ?? Context, Method = AgainstMethod ?? Method };
}
