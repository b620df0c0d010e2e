using System.Globalization;

namespace Cde.Workbench.Training;

/// <summary>
/// The order of training batches, a pure function of the seed and the step, so that a resumed run sees what an uninterrupted one would. An epoch cuts
/// each domain's shuffled queries into batches (a rest under a quarter of a batch is left out) and shuffles the batches of all domains.
/// </summary>
public sealed class DomainBatches
{
    private readonly IReadOnlyList<TrainingDomain> domains;
    private readonly TrainingOptions options;
    private readonly Func<int, int, int>? cost;
    private long epoch;
    private long start;
    private (int Domain, int[] Queries)[] plan;

    /// <summary>Plans batches over <paramref name="domains"/>.</summary>
    /// <param name="domains">Training data.</param>
    /// <param name="options">Batch, context and seed.</param>
    /// <param name="cost">Most tokens that a query, with its longest document and its negatives, puts into a batch: (domain, query) to tokens. Null where no token budget counts.</param>
    /// <exception cref="CdeException">No domain has enough queries for a batch.</exception>
    public DomainBatches(IReadOnlyList<TrainingDomain> domains, TrainingOptions options, Func<int, int, int>? cost = null)
    {
        this.domains = domains;
        this.options = options;
        this.cost = options.Batch.TokenBudget > 0 ? cost ?? throw new ArgumentNullException(nameof(cost), "a token budget needs the tokens of each query") : null;
        plan = Plan(0);
        BatchesPerEpoch = plan.Length;
        if (BatchesPerEpoch == 0)
            throw new CdeException($"training data: no domain has {Smallest} queries or more, a quarter of the batch size {options.Batch.Size}; choose a smaller batch");
    }

    /// <summary>Batches in the first pass over the data; with a token budget later passes may have a few more or less.</summary>
    public int BatchesPerEpoch { get; }

    private int Smallest => Math.Max(2, options.Batch.Size / 4);

    /// <summary>The batch of a number, 0-based.</summary>
    public TrainingBatch At(long number)
    {
        if (number < start)
            (epoch, start, plan) = (0, 0, Plan(0));
        while (number >= start + plan.Length)
        {
            start += plan.Length;
            plan = Plan(++epoch);
            if (plan.Length == 0)
                throw new CdeException($"training data: pass {epoch + 1} gives no batch within batch.tokenBudget {options.Batch.TokenBudget}; raise it");
        }

        var (domain, queries) = plan[number - start];
        var random = Generator(2, number);
        var data = domains[domain];
        var documents = queries.Select(query => data.Positives[query][random.Next(data.Positives[query].Count)]).ToArray();
        var negatives = Negatives(data, queries, random);
        return new TrainingBatch(domain, queries, documents, ContextDraw.Of(options.Context, [.. documents, .. negatives], data.Documents.Count, random))
        {
            Negatives = negatives,
            DocumentsPerPosition = options.Context.Strategy == ContextStrategy.Pooled ? ContextDraw.PooledDocuments : 1,
            Seed = random.NextInt64(),
        };
    }

    /// <summary>So many a query: without replacement while it has as many, then again from the first.</summary>
    private int[] Negatives(TrainingDomain data, int[] queries, Random random)
    {
        var wanted = options.Batch.Negatives;
        if (wanted == 0)
            return [];
        var drawn = new List<int>(queries.Length * wanted);
        foreach (var query in queries)
        {
            var own = data.Negatives is { } all && all[query].Count > 0 ? all[query].ToArray()
                : throw new CdeException($"training data: {data.Name}, query \"{data.Queries[query]}\" has no hard negatives, and batch.negatives is {wanted}; mine them, or leave the option out");
            random.Shuffle(own);
            drawn.AddRange(Enumerable.Range(0, wanted).Select(i => own[i % own.Length]));
        }

        return [.. drawn];
    }

    private (int Domain, int[] Queries)[] Plan(long number)
    {
        var random = Generator(1, number);
        var batches = new List<(int Domain, int[] Queries)>();
        for (var domain = 0; domain < domains.Count; domain++)
        {
            var order = Enumerable.Range(0, domains[domain].Queries.Count).ToArray();
            random.Shuffle(order);
            batches.AddRange(Cut(domain, order).Select(chunk => (domain, chunk)));
        }

        var shuffled = batches.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private IEnumerable<int[]> Cut(int domain, int[] order)
    {
        if (cost is null)
            return order.Chunk(options.Batch.Size).Where(chunk => chunk.Length >= Smallest);
        var (chunks, chunk, tokens) = (new List<int[]>(), new List<int>(), 0L);
        foreach (var query in order)
        {
            var more = cost(domain, query);
            if (chunk.Count > 0 && (chunk.Count == options.Batch.Size || tokens + more > options.Batch.TokenBudget))
            {
                chunks.Add([.. chunk]);
                (chunk, tokens) = ([], 0);
            }

            chunk.Add(query);
            tokens += more;
        }

        if (chunk.Count > 0)
            chunks.Add([.. chunk]);
        return chunks.Where(part => part.Length >= 2); // a batch of one has no negatives
    }

    private Random Generator(int purpose, long number) =>
        new(int.Parse(ContentHash.OfText($"{options.Seed}/{purpose}/{number}").AsSpan(0, 7), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
