namespace Cde.Workbench.Corpora;

/// <summary>
/// The corpus <c>dotnet-api</c>: the XML documentation of the reference packs that ship with every .NET SDK, read where it lies on the user's
/// machine. A document is a member: its signature, what its parameters are and what it returns. A query is the first sentence of a summary of
/// four words or more; every member of the assembly with that sentence is relevant. Each assembly is a domain, searched on its own; ten are held
/// out of training. A member documented in several assemblies counts in one: a held-out one first, else the first by name.
/// </summary>
public static class DotNetApi
{
    /// <summary>The name of the corpus.</summary>
    public const string Name = "dotnet-api";

    /// <summary>The assemblies that no training may touch.</summary>
    public static IReadOnlyList<string> HeldOut { get; } =
    [
        "System.Net.Sockets",
        "System.Text.Json",
        "System.Xml.XDocument",
        "System.Text.RegularExpressions",
        "System.Net.Mail",
        "Microsoft.AspNetCore.Routing",
        "System.Collections.Immutable",
        "System.Linq.Expressions",
        "System.Security.AccessControl",
        "Microsoft.VisualBasic.Core",
    ];

    /// <summary>
    /// Reads the corpus. The parsed form is kept in the user's cache under the hash of the documentation files, so later starts only
    /// hash them. Holds at most the documentation (about 40 MB) and the parsed form (about 25 MB) in memory.
    /// </summary>
    /// <param name="packsRoot">A dotnet folder, or its <c>packs</c> folder; null to find the SDK of this machine.</param>
    /// <param name="progress">Told after each assembly.</param>
    /// <param name="ct">Stops the reading; nothing is left half-written.</param>
    /// <exception cref="CdeException">There are no packs, or a file in them is damaged.</exception>
    public static DotNetApiDataset Load(string? packsRoot = null, IProgress<WorkProgress>? progress = null, CancellationToken ct = default) =>
        Load(packsRoot, Path.Combine(UserFolders.Cache, Name), progress, ct);

    internal static DotNetApiDataset Load(string? packsRoot, string cacheFolder, IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        var sources = ReadSources(ReferencePacks.Find(packsRoot), ct);
        var cachePath = Path.Combine(cacheFolder, $"{ContentHash.Short(Key(sources))}.bin");
        if (DotNetApiStore.TryRead(cachePath) is { } cached)
            return new DotNetApiDataset(cached);

        var built = DotNetApiStore.Of(DotNetApiBuilder.Build(sources, progress, ct));
        try
        {
            AtomicFile.WriteAllBytes(cachePath, built.Bytes);
        }
        catch (CdeException failure)
        {
            // A cache that cannot be written costs seconds at the next start, and is no reason to fail now.
            System.Diagnostics.Trace.TraceWarning(failure.Message);
        }

        return new DotNetApiDataset(built);
    }

    private static DotNetApiSource[] ReadSources(IReadOnlyList<(string Assembly, string Path)> files, CancellationToken ct)
    {
        var sources = new DotNetApiSource[files.Count];
        try
        {
            Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = ct }, index =>
            {
                var (assembly, path) = files[index];
                var bytes = File.ReadAllBytes(path);
                sources[index] = new DotNetApiSource(assembly, path, bytes, ContentHash.OfBytes(bytes));
            });
        }
        catch (AggregateException failure) when (failure.InnerException is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"the reference packs cannot be read: {failure.InnerException.Message}", failure);
        }

        return sources;
    }

    private static string Key(IEnumerable<DotNetApiSource> sources)
    {
        using var key = ContentHash.Build().Add(DotNetApiStore.FormatVersion);
        foreach (var source in sources)
            key.Add(source.Assembly).Add(source.Hash);
        return key.ToHash();
    }
}
