using System.Globalization;

namespace Cde.Workbench.Training;

/// <summary>The pairs of one training batch, all of one domain: row i is query <c>Queries[i]</c> with its document <c>Documents[i]</c>.</summary>
public sealed record TrainingBatch(int Domain, int[] Queries, int[] Documents, int[] Context)
{
    /// <summary>Whether the batch is embedded with the null context.</summary>
    public bool IsNullContext => Context.Length == 0;
}

/// <summary>
/// The order of training batches, a pure function of the seed and the step, so that a resumed run sees what an uninterrupted one would. An epoch cuts
/// each domain's shuffled queries into batches (a rest under a quarter of a batch is left out) and shuffles the batches of all domains.
/// </summary>
public sealed class DomainBatches
{
    private readonly IReadOnlyList<TrainingDomain> domains;
    private readonly TrainingOptions options;
    private long epoch = -1;
    private (int Domain, int[] Queries)[] plan = [];

    /// <summary>Plans batches over <paramref name="domains"/>.</summary>
    /// <exception cref="CdeException">No domain has enough queries for a batch.</exception>
    public DomainBatches(IReadOnlyList<TrainingDomain> domains, TrainingOptions options)
    {
        this.domains = domains;
        this.options = options;
        BatchesPerEpoch = Plan(0).Length;
        if (BatchesPerEpoch == 0)
            throw new CdeException($"training data: no domain has {Smallest} queries or more, a quarter of the batch size {options.BatchSize}; choose a smaller batch");
    }

    /// <summary>Batches in one pass over the data; the same in every epoch.</summary>
    public int BatchesPerEpoch { get; }

    private int Smallest => Math.Max(2, options.BatchSize / 4);

    /// <summary>The batch of a step, 0-based.</summary>
    public TrainingBatch At(long step)
    {
        if (step / BatchesPerEpoch != epoch)
        {
            epoch = step / BatchesPerEpoch;
            plan = Plan(epoch);
        }

        var (domain, queries) = plan[step % BatchesPerEpoch];
        var random = Generator(2, step);
        var data = domains[domain];
        var documents = queries.Select(query => data.Positives[query][random.Next(data.Positives[query].Count)]).ToArray();
        var isNull = random.NextDouble() < options.NullContextShare;
        return new TrainingBatch(domain, queries, documents, isNull ? [] : Context(data, random));
    }

    private int[] Context(TrainingDomain data, Random random)
    {
        var all = Enumerable.Range(0, data.Documents.Count).ToArray();
        var chosen = new int[options.ContextSize];
        for (var i = 0; i < chosen.Length; i++)
        {
            // Without replacement as long as there are documents; a small domain starts again.
            var at = i % all.Length;
            var other = random.Next(at, all.Length);
            (all[at], all[other]) = (all[other], all[at]);
            chosen[i] = all[at];
        }

        return chosen;
    }

    private (int Domain, int[] Queries)[] Plan(long number)
    {
        var random = Generator(1, number);
        var batches = new List<(int Domain, int[] Queries)>();
        for (var domain = 0; domain < domains.Count; domain++)
        {
            var order = Enumerable.Range(0, domains[domain].Queries.Count).ToArray();
            random.Shuffle(order);
            batches.AddRange(order.Chunk(options.BatchSize).Where(chunk => chunk.Length >= Smallest).Select(chunk => (domain, chunk)));
        }

        var shuffled = batches.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private Random Generator(int purpose, long number) =>
        new(int.Parse(ContentHash.OfText($"{options.Seed}/{purpose}/{number}").AsSpan(0, 7), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
