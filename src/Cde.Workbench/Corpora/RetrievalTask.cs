namespace Cde.Workbench.Corpora;

/// <summary>A search problem with its answers: which documents of a corpus are relevant to which queries.</summary>
/// <param name="Name">Its name, as commands print it: <c>dotnet-api/System.Text.Json</c>.</param>
/// <param name="Corpus">Where to search.</param>
/// <param name="Queries">What to search for.</param>
/// <param name="Qrels">What should be found.</param>
public sealed record RetrievalTask(string Name, Corpus Corpus, IReadOnlyList<Query> Queries, Qrels Qrels);
