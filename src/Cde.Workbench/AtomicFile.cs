using System.Text;

namespace Cde.Workbench;

/// <summary>
/// Writes files and folders so that a reader sees the old content or the new one, never a part: everything goes to a temporary name
/// beside the target, is flushed to disk, and is then renamed. A full disk, an exception or a kill leaves the old content.
/// </summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file from bytes.</summary>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public static void WriteAllBytes(string path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Write(path, stream => stream.Write(copy));
    }

    /// <summary>Writes a file from text, as UTF-8 without a byte order mark.</summary>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public static void WriteAllText(string path, string text) => Write(path, stream => stream.Write(Utf8.GetBytes(text)));

    /// <summary>Writes a file through a stream.</summary>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        path = Path.GetFullPath(path);
        Guard(path, () =>
        {
            var temporary = TemporaryName.Beside(path);
            try
            {
                using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                TemporaryName.Remove(temporary);
                throw;
            }
        });
    }

    /// <summary>
    /// Writes a folder of files: <paramref name="fill"/> gets an empty temporary folder, which then takes the place of
    /// <paramref name="path"/> as a whole.
    /// </summary>
    /// <param name="path">The folder to write or replace.</param>
    /// <param name="fill">Writes the files, the manifest among them.</param>
    /// <param name="manifestName">The file by which readers know a whole folder; <paramref name="fill"/> must have written it.</param>
    /// <exception cref="CdeException">It cannot be written; what was there is unchanged.</exception>
    public static void WriteDirectory(string path, Action<string> fill, string manifestName)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        Guard(path, () =>
        {
            var temporary = TemporaryName.Beside(path);
            try
            {
                Directory.CreateDirectory(temporary);
                fill(temporary);
                if (!File.Exists(Path.Combine(temporary, manifestName)))
                    throw new InvalidOperationException($"{path}: its manifest {manifestName} was not written");
                FlushFiles(temporary);
                FolderSwap.Replace(temporary, path);
            }
            catch
            {
                TemporaryName.Remove(temporary);
                throw;
            }
        });
    }

    private static void Guard(string path, Action work)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? path);
            work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException(
                $"{path} could not be written: {failure.Message.TrimEnd('.')}; what was there before is unchanged; free some space or name another folder",
                failure);
        }
    }

    private static void FlushFiles(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }
    }
}
