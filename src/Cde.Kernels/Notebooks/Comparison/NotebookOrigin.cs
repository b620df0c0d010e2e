using System.Text.Json.Nodes;
using Cde.Torch;
using Cde.Workbench;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// What the numbers of a notebook depend on beside its cells: the documentation of the .NET SDK that the default corpus is read from, and the way matrix products are
/// computed. It stands in the notebook's metadata under <c>cde</c>; where it is another one than here, outputs are not compared.
/// </summary>
/// <param name="DotNetApi">The hash of the corpus <c>dotnet-api</c>; null where the machine has none.</param>
/// <param name="ComputePath">The compute path; null where there is no libtorch.</param>
public sealed record NotebookOrigin(string? DotNetApi, string? ComputePath)
{
    private const string Key = "cde", DotNetApiKey = "dotnetApi", ComputePathKey = "computePath";

    /// <summary>This machine's. Reads the documentation files, some 40 MB.</summary>
    public static NotebookOrigin OfThisMachine()
    {
        string? corpus = null;
        try
        {
            corpus = Workbench.Corpora.DotNetApi.Load().Hash;
        }
        catch (CdeException)
        {
            // No SDK here: a notebook that needs the corpus says so itself.
        }

        return new NotebookOrigin(corpus, Native.IsAvailable(out _) ? Native.Path : null);
    }

    /// <summary>What a notebook was recorded with; null where its file does not say.</summary>
    public static NotebookOrigin? Of(NotebookDocument notebook) =>
        notebook.Metadata[Key] is JsonObject kept ? new NotebookOrigin(kept.Text(DotNetApiKey), kept.Text(ComputePathKey)) : null;

    /// <summary>Writes it into a notebook's metadata.</summary>
    public void Record(NotebookDocument notebook)
    {
        var kept = notebook.Metadata.Child(Key);
        kept.Place(ComputePathKey, ComputePath);
        kept.Place(DotNetApiKey, DotNetApi);
    }

    /// <summary>Why outputs that were recorded here cannot be expected on another machine; null where they can.</summary>
    /// <param name="machine">The other machine.</param>
    public string? WhyNotComparable(NotebookOrigin machine)
    {
        if (DotNetApi != machine.DotNetApi)
            return $"the SDK of this machine has another documentation (corpus {Workbench.Corpora.DotNetApi.Name} {Short(machine.DotNetApi)}) than the one that the outputs were made with ({Short(DotNetApi)})";
        return ComputePath == machine.ComputePath ? null
            : $"this machine computes by {machine.ComputePath ?? "nothing: libtorch is missing"}, the outputs were made by {ComputePath ?? "a machine without libtorch"}";
    }

    private static string Short(string? hash) => hash is null ? "none" : hash[..Math.Min(12, hash.Length)];
}
