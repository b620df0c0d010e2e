using System.Text.Json.Serialization;

namespace Cde.Workbench.Evaluation;

/// <summary>The kinds of tasks that MTEB has for texts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskKind>))]
public enum TaskKind
{
    /// <summary>Find the relevant documents of a corpus (<see cref="RetrievalEvaluation"/>).</summary>
    Retrieval,

    /// <summary>Put the candidates of a query in order (<see cref="RerankingTask"/>).</summary>
    Reranking,

    /// <summary>Say how alike two sentences are (<see cref="StsTask"/>).</summary>
    Sts,

    /// <summary>Say whether two texts belong together (<see cref="PairClassificationTask"/>).</summary>
    PairClassification,

    /// <summary>Learn labels from a few texts (<see cref="ClassificationTask"/>).</summary>
    Classification,

    /// <summary>Group texts (<see cref="ClusteringTask"/>).</summary>
    Clustering,

    /// <summary>Judge summaries by those that people wrote (<see cref="SummarisationTask"/>).</summary>
    Summarisation,
}
