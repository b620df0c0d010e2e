using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Journeys;

/// <summary>
/// A model as retrieval benchmarks call it, in the form of <c>PaDaS-Lab/arctic-m-bge-small</c>: queries and documents by template, documents with their titles. Vectors
/// are as the model gives them; those of a concatenation have length 1 a part, so a score is the sum of the parts' cosines.
/// </summary>
public sealed class MtebModel : OriginalModel
{
    /// <summary>What <c>arctic-m-bge-small</c> puts around queries.</summary>
    public const string ArcticQueryTemplate = "Represent this sentence for searching relevant passages: {}";

    private MtebModel(EmbeddingModel model, string queryTemplate, string documentTemplate)
        : base(model) => (QueryTemplate, DocumentTemplate) = (queryTemplate, documentTemplate);

    /// <summary>With <c>{}</c> where the query goes.</summary>
    public string QueryTemplate { get; }

    /// <summary>With <c>{}</c> where title and text go.</summary>
    public string DocumentTemplate { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="nameOrFolder">A known name, owner/name, a folder, or <c>concat:A+B</c>.</param>
    /// <param name="queryTemplate">With <c>{}</c> where the query goes.</param>
    /// <param name="documentTemplate">With <c>{}</c> where title and text go.</param>
    /// <param name="device">The CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <exception cref="CdeException">The model cannot be loaded.</exception>
    public static MtebModel Load(
        string nameOrFolder, string queryTemplate = ArcticQueryTemplate, string documentTemplate = InstructionTemplate.Place, Device? device = null, ScalarType precision = ScalarType.Float32) =>
        new(KnownModels.Load(nameOrFolder, device, precision), queryTemplate, documentTemplate);

    /// <summary><c>encode_queries</c>.</summary>
    /// <param name="queries">The queries; none may be empty.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public Task<EmbeddingMatrix> EncodeQueriesAsync(IReadOnlyList<string> queries, CancellationToken cancellationToken = default) =>
        EncodeAsync(queries, QueryTemplate, cancellationToken);

    /// <summary><c>encode_corpus</c>: title, a blank and text, without blanks around.</summary>
    /// <param name="corpus">The documents; none may be empty.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public Task<EmbeddingMatrix> EncodeCorpusAsync(IReadOnlyList<Document> corpus, CancellationToken cancellationToken = default) =>
        EncodeAsync([.. corpus.Select(document => document.FullText)], DocumentTemplate, cancellationToken);

    private Task<EmbeddingMatrix> EncodeAsync(IReadOnlyList<string> texts, string template, CancellationToken cancellationToken) =>
        EncodeAsync([.. texts.Select(text => InstructionTemplate.Apply(template, text))], "", Model.IsNormalized, null, cancellationToken);
}
