using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Models;

namespace Cde.Kernels.Diagnosis;

/// <summary>What the default corpus and models need.</summary>
internal static class DataChecks
{
    public static IEnumerable<DoctorCheck> All()
    {
        yield return ReferencePacks();
        yield return Models();
    }

    private static DoctorCheck ReferencePacks()
    {
        try
        {
            var corpus = DotNetApi.Load();
            return DoctorCheck.Ok("corpus dotnet-api",
                $"{corpus.Assemblies.Count} assemblies, {corpus.HeldOut.Count} held out, {corpus.DocumentCount:N0} documents, hash {ContentHash.Short(corpus.Hash)}");
        }
        catch (CdeException failure)
        {
            return DoctorCheck.Missing("corpus dotnet-api", failure.Message);
        }
    }

    private static DoctorCheck Models()
    {
        var present = KnownModels.List.Where(card => KnownModels.FolderOf(card.Name) is not null).Select(card => card.Name).ToList();
        return present.Count > 0
            ? DoctorCheck.Ok("models", string.Join(", ", present))
            : DoctorCheck.Missing("models", $"none: {ProgramName.Typed} models list shows what can be had, {ProgramName.Typed} train makes one");
    }
}
