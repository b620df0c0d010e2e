namespace Cde.Workbench.Corpora;

/// <summary>TREC files separate columns by white space: ids must be free of it.</summary>
internal static class TrecId
{
    public static string Check(string path, string id) =>
        id.Length > 0 && !id.Any(char.IsWhiteSpace)
            ? id
            : throw new CdeException($"{path}: the id \"{id}\" is empty or has white space, which a TREC file cannot hold; rename it or write JSON");
}
