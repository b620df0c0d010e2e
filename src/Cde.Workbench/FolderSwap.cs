using System.Runtime.InteropServices;

namespace Cde.Workbench;

/// <summary>Puts a finished folder in the place of another.</summary>
internal static partial class FolderSwap
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE

    /// <summary>
    /// Renames <paramref name="finished"/> to <paramref name="target"/>. On Linux an existing target is exchanged in one step;
    /// elsewhere it is moved aside first, and put back where the second rename fails.
    /// </summary>
    public static void Replace(string finished, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(finished, target);
            return;
        }

        if (OperatingSystem.IsLinux() && TryExchange(finished, target))
        {
            TemporaryName.Remove(finished);
            return;
        }

        var aside = TemporaryName.Beside(target);
        Directory.Move(target, aside);
        try
        {
            Directory.Move(finished, target);
        }
        catch
        {
            Directory.Move(aside, target);
            throw;
        }

        TemporaryName.Remove(aside);
    }

    private static bool TryExchange(string finished, string target)
    {
        try
        {
            return RenameAt2(CurrentFolder, finished, CurrentFolder, target, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library older than glibc 2.28, or musl
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
