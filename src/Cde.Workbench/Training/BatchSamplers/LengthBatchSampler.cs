using Cde.Workbench.Clustering;

namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>
/// Batches of rows of one domain that are about as long, so that little of a batch is padding (open-retrievals' <c>GroupSortedSampler</c>): rows are shuffled anew in each
/// epoch, then sorted by their tokens inside stretches of <see cref="Stretch"/> batches.
/// </summary>
public sealed class LengthBatchSampler : BatchSampler
{
    /// <summary>The name that commands and configurations use.</summary>
    public const string SamplerName = "length";

    /// <summary>Batches whose rows are sorted together: enough for batches of one length, few enough for other company in every epoch.</summary>
    public const int Stretch = 50;

    private readonly ClusterAssignment _domains;
    private readonly IReadOnlyList<int> _tokens;

    /// <summary>A sampler over rows whose tokens the options give.</summary>
    /// <param name="domains">Which domain each row is of.</param>
    /// <param name="options">How rows are cut into batches, with <see cref="BatchSamplerOptions.RowTokens"/>.</param>
    /// <exception cref="CdeException">The options have no tokens of rows, or of another number of rows.</exception>
    public LengthBatchSampler(ClusterAssignment domains, BatchSamplerOptions options)
        : base(options)
    {
        _domains = domains;
        _tokens = options.RowTokens ?? throw new CdeException($"batches: the sampler {SamplerName} needs the tokens of each row; give RowTokens");
        if (_tokens.Count != domains.Count)
            throw new CdeException($"batches: the tokens of {_tokens.Count} rows are given for data of {domains.Count}; give them for each row");
    }

    /// <inheritdoc/>
    public override string Name => SamplerName;

    /// <inheritdoc/>
    public override long Rows => _domains.Count;

    private protected override IReadOnlyList<RowRun> Runs(long epoch) =>
        [.. Enumerable.Range(0, _domains.Clusters).Where(domain => _domains.Sizes[domain] > 0).Select(domain => Sorted(domain, epoch))];

    private RowRun Sorted(int domain, long epoch)
    {
        var shuffled = ShuffledRows.Of(_domains.Members(domain), Seed(BatchDraw.Rows, epoch, domain));
        var rows = new int[shuffled.Count];
        for (var place = 0; place < rows.Length; place++)
            rows[place] = (int)shuffled.Row(place);
        var size = (int)Math.Min(rows.Length, (long)Stretch * Options.BatchSize);
        int[] sorted = [.. rows.Chunk(size).SelectMany(stretch => stretch.OrderBy(row => _tokens[row]))]; // rows of one length stay shuffled
        return new RowRun(sorted.Length, place => sorted[(int)place]);
    }
}
