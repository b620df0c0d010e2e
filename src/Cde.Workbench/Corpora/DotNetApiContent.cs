namespace Cde.Workbench.Corpora;

/// <summary><c>dotnet-api</c>, or one assembly of it.</summary>
/// <param name="dataset">The whole.</param>
/// <param name="only">The assembly; null for all.</param>
internal sealed class DotNetApiContent(DotNetApiDataset dataset, DotNetApiAssembly? only) : DatasetContent
{
    public override IReadOnlyList<string> Domains =>
        only is not null ? [only.Name] : [.. dataset.Assemblies.Select(assembly => assembly.Name)];

    public override IReadOnlyList<string> HeldOut => [.. Domains.Where(DotNetApi.HeldOut.Contains)];

    public override string Hash => only?.Hash ?? dataset.Hash;

    public override Corpus Corpus(string? domain) => Find(domain)?.Corpus ?? dataset.Corpus;

    public override RetrievalTask Task(string? domain) => Find(domain)?.Task ?? dataset.Task;

    public override IEnumerable<TrainingExample> TrainingExamples(string? domain) =>
        Find(domain) is { } assembly ? assembly.TrainingExamples : dataset.Training.SelectMany(training => training.TrainingExamples);

    private DotNetApiAssembly? Find(string? domain) => domain is null ? only : dataset.Assembly(domain);
}
