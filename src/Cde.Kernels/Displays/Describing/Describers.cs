namespace Cde.Kernels.Displays;

/// <summary>What is known of kinds of values. To teach the displays another kind, write one file and add its line here.</summary>
internal static class Describers
{
    // The first that knows the value describes it: special kinds before the sequences and objects that they are too.
    private static readonly Func<object, Description, Node?>[] All =
    [
        HtmlContents.Describe,
        Views.Describe,
        CorpusDisplay.Describe,
        EmbeddingDisplay.Describe,
        RankingDisplay.Describe,
        EvaluationDisplay.Describe,
        QueryDisplay.Describe,
        Exceptions.Describe,
        Tasks.Describe,
        Json.Describe,
        DataTables.Describe,
        Bytes.Describe,
        Memories.Describe,
        GridArrays.Describe,
        Tensors.Describe,
        Unions.Describe,
        Tuples.Describe,
        AsyncSequences.Describe,
        Dictionaries.Describe,
        Groupings.Describe,
        Sequences.Describe,
    ];

    /// <summary>The description of a value that is more than an object with properties; null for any other.</summary>
    public static Node? Special(object value, Description at)
    {
        foreach (var describe in All)
        {
            if (describe(value, at) is { } node)
                return node;
        }

        return null;
    }
}
