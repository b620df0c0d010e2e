using System.Globalization;
using Cde.Workbench.Models;

namespace Cde.Workbench.Training.Runs;

/// <summary>What a run's numbers depend on beside its options: it must be the same for the run to go on.</summary>
/// <param name="DataHash">Of the training texts.</param>
/// <param name="StartHash">Of the model in <c>model.start</c> or <c>model.backbone</c>; null for a new one.</param>
/// <param name="GuideHash">Of the guide model; null without one.</param>
/// <param name="ClustersHash">Of the clusters that batches are cut from; null without them.</param>
/// <param name="ComputePath">How matrix products are computed.</param>
/// <param name="Processes">How many processes train: sums over them round otherwise, and each draws its own dropout.</param>
public sealed record RunFacts(string DataHash, string? StartHash, string? GuideHash, string? ClustersHash, string ComputePath, int Processes = 1)
{
    /// <summary>The facts here and now.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="domains">Its data.</param>
    /// <param name="company">Its guide and clusters.</param>
    /// <param name="processes">How many processes train.</param>
    internal static RunFacts Of(TrainingOptions options, IReadOnlyList<TrainingDomain> domains, BatchCompany company, int processes = 1)
    {
        using var hash = ContentHash.Build();
        foreach (var domain in domains)
        {
            hash.Add(domain.Name).Add(domain.Queries.Count).Add(domain.Documents.Count);
            foreach (var text in domain.Queries.Concat(domain.Documents))
                hash.Add(text);
            foreach (var rows in domain.Positives.Concat(domain.Negatives ?? []))
                hash.Add(string.Join(' ', rows));
            foreach (var scores in (domain.PositiveScores ?? []).Concat(domain.NegativeScores ?? []))
                hash.Add(string.Join(' ', scores.Select(score => score.ToString("r", CultureInfo.InvariantCulture))));
            foreach (var similarity in domain.Similarities ?? [])
                hash.Add(similarity);
            foreach (var name in domain.Classes ?? [])
                hash.Add(name);
        }

        var path = options.Device == TrainingDevice.Cuda ? "cuda" : Models.ComputePath.Current;
        return new RunFacts(hash.ToHash(), (options.Model.Start ?? options.Model.Backbone) is { } start ? ModelHash.Of(start) : null, company.Guide?.ModelHash, BatchClusters.Hash(company.Clusters), path, processes);
    }

    /// <summary>What is not as it was, and the way out; null where everything is.</summary>
    internal string? Difference(RunFacts saved)
    {
        if (saved.DataHash != DataHash)
            return $"the training data was {ContentHash.Short(saved.DataHash)}, now {ContentHash.Short(DataHash)}; resume with the same corpus, or start in another folder";
        if (saved.StartHash != StartHash)
            return $"the model that the run started from was {Short(saved.StartHash)}, now {Short(StartHash)}; restore it, or start in another folder";
        if (saved.GuideHash != GuideHash)
            return $"the model in guide.model was {Short(saved.GuideHash)}, now {Short(GuideHash)}; restore it, or start in another folder";
        if (saved.ClustersHash != ClustersHash)
            return $"the clusters of the training pairs were {Short(saved.ClustersHash)}, now {Short(ClustersHash)}; restore the model in clusters.model (bm25 has none: the program that began the run), or start in another folder";
        if (saved.Processes != Processes)
            return $"it was trained by {Count(saved.Processes)}, now there {(Processes == 1 ? "is" : "are")} {Count(Processes)}; resume with --processes {saved.Processes} (WORLD_SIZE={saved.Processes}), or start in another folder";
        return saved.ComputePath == ComputePath
            ? null
            : $"it was computed on the path {saved.ComputePath}, this machine takes {ComputePath}; resume with CDE_GEMM={saved.ComputePath.Split(':')[^1]}, or start in another folder";
    }

    private static string Count(int processes) => processes == 1 ? "1 process" : $"{processes} processes";

    private static string Short(string? hash) => hash is null ? "none" : ContentHash.Short(hash);
}
