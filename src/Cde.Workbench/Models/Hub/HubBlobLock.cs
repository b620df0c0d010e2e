namespace Cde.Workbench.Models.Hub;

/// <summary>
/// Keeps two processes from fetching one blob at the same time: an exclusive lock on <c>.locks/models--owner--name/BLOB.lock</c>, where Hugging Face's own library
/// has its lock too. It ends with the process that holds it; the file stays.
/// </summary>
internal static class HubBlobLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the lock; dispose of the result to let go.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="waiting">Called before each wait.</param>
    /// <param name="ct">Stops the wait.</param>
    /// <exception cref="CdeException">The lock file cannot be made.</exception>
    public static async Task<IDisposable> TakeAsync(string path, Action waiting, CancellationToken ct)
    {
        HubDisk.Do(path, () => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (File.Exists(path))
            {
                waiting();
                await Task.Delay(Poll, TimeProvider.System, ct).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw HubDisk.Failed(path, failure);
            }
        }
    }
}
