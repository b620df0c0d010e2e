namespace Cde.Workbench.Models.Hub;

/// <summary>Work on the disk of the cache. Its failures must not look like failures of the network, which are tried again.</summary>
internal static class HubDisk
{
    public static void Do(string path, Action work) => Do(path, () =>
    {
        work();
        return true;
    });

    /// <exception cref="CdeException">The disk is full or refuses.</exception>
    public static T Do<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, failure);
        }
    }

    /// <summary>Whether a file is there, behind its link where it is one: a link that leads nowhere counts as no file.</summary>
    public static bool Exists(string path) =>
        File.Exists(path) && (new FileInfo(path) is not { LinkTarget: not null } link || link.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true });

    public static CdeException Failed(string path, Exception failure) =>
        new($"{path} could not be written: {failure.Message.TrimEnd('.')}; what has come is kept: free some space and try again", failure);

    /// <summary>Bytes that the disk of a folder has left, which need not exist yet; null where that is not known.</summary>
    public static long? Free(string folder)
    {
        try
        {
            var existing = new DirectoryInfo(folder);
            while (!existing.Exists && existing.Parent is { } parent)
                existing = parent;
            return new DriveInfo(existing.FullName).AvailableFreeSpace;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
