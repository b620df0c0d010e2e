using Cde.Workbench;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Commands;

/// <summary>Opens what <c>--corpus</c> names.</summary>
internal static class TaskNames
{
    /// <summary>The task of a name or path. A corpus without queries is a task without queries.</summary>
    public static RetrievalTask Open(string name)
    {
        if (name == DotNetApi.Name)
            return DotNetApi.Load().Task;
        if (name.StartsWith(DotNetApi.Name + "/", StringComparison.Ordinal))
            return DotNetApi.Load().Assembly(name[(DotNetApi.Name.Length + 1)..]).Task;
        if (Directory.Exists(name))
            return BeirFolder.Open(name);
        if (!File.Exists(name))
            throw new CdeException($"corpus \"{name}\" is no known name, folder or file ({NearestNames.Suggest(name, [DotNetApi.Name])})");
        Corpus corpus = Path.GetExtension(name) is ".csv" or ".tsv" ? DelimitedCorpus.Read(name) : JsonlCorpus.Open(name);
        return new RetrievalTask(corpus.Name, corpus, [], new Qrels());
    }
}
