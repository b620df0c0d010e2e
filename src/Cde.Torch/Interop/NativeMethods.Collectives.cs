using System.Runtime.InteropServices;

namespace TorchSharp;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)] public static partial nint cde_collectives();

    [LibraryImport(Library)] public static partial nint cde_store_open(byte* host, int port, int serves, byte* prefix, long timeout, out nint made);

    [LibraryImport(Library)] public static partial nint cde_store_add(nint store, byte* key, long more, out long value);

    [LibraryImport(Library)] public static partial nint cde_store_set(nint store, byte* key, byte* text);

    [LibraryImport(Library)] public static partial nint cde_store_get(nint store, byte* key, out nint text);

    [LibraryImport(Library)] public static partial void cde_store_release(nint store);

    [LibraryImport(Library)]
    public static partial nint cde_group_new(nint store, int rank, int size, byte* address, byte* network, int cuda, long timeout, out nint made);

    [LibraryImport(Library)] public static partial int cde_group_takes_cuda(nint group);

    [LibraryImport(Library)] public static partial nint cde_group_start(nint group, int kind, nint value, nint gathered, int root, out nint work);

    [LibraryImport(Library)] public static partial nint cde_work_wait(nint work, long timeout, out int done);

    [LibraryImport(Library)] public static partial void cde_work_release(nint work);

    [LibraryImport(Library)] public static partial void cde_group_release(nint group);
}
