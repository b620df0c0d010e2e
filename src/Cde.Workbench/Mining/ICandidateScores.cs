using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Search;

namespace Cde.Workbench.Mining;

/// <summary>Scores of queries and documents by something other than the search that found them.</summary>
public interface ICandidateScores
{
    /// <summary>How well a document answers a query; higher is better.</summary>
    /// <param name="query">The query's place in the data.</param>
    /// <param name="row">The document's row in the pool.</param>
    /// <exception cref="CdeException">There is no score for the two.</exception>
    double Score(int query, int row);
}

/// <summary>Cosines by a guide model, whose queries and documents are those of the mined data, in their order.</summary>
/// <param name="guide">Its vectors; they stay the caller's.</param>
public sealed class GuideScores(GuideStore guide) : ICandidateScores
{
    /// <inheritdoc/>
    public double Score(int query, int row) => ExactDot.Of(guide.Queries[query], guide.Documents[row]);
}
