namespace Cde.Workbench.Models.Rerankers;

/// <summary>What scores pairs of a query and a document and gives no vector of a text: a cross-encoder (<see cref="RerankerModel"/>), or a multi-vector model.</summary>
public interface IReranker : IDisposable
{
    /// <summary>The folder's name.</summary>
    string Name { get; }

    /// <summary>Content hash of weights, configuration and tokenizer: equal hashes give equal scores.</summary>
    string Hash { get; }

    /// <summary>The score of each pair, in their order; higher is better.</summary>
    /// <param name="pairs">Queries and documents.</param>
    /// <param name="options">The defaults where null.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CdeException">The options leave no room for a token, or a score is not finite.</exception>
    float[] Score(IReadOnlyList<(string Query, string Document)> pairs, RerankOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default);
}
