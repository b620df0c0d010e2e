using System.Globalization;
using System.Text.Unicode;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// How much text one cell may write: front ends keep all of it in memory and in the notebook file. What goes beyond is counted.
/// </summary>
/// <param name="limit">Bytes of UTF-8.</param>
internal sealed class OutputAllowance(long limit)
{
    /// <summary>The environment variable that sets it, in MiB.</summary>
    public const string Variable = "CDE_OUTPUT_LIMIT";

    /// <summary>Bytes where nothing is set: more than anybody reads, less than a browser's tab dies of.</summary>
    public const long Default = 64L << 20;

    private long _used;
    private long _droppedBytes;
    private long _droppedLines;

    /// <summary>The limit that the environment sets.</summary>
    /// <param name="value">The variable's value; the default where null or empty.</param>
    /// <exception cref="CdeException">It is no number of MiB.</exception>
    public static long FromEnvironment(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return Default;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes) && mebibytes > 0
            ? (long)mebibytes << 20
            : throw new CdeException($"{Variable}={value}: not a number of MiB (a whole number from 1)");
    }

    /// <summary>The part of a text that may still be shown; empty where nothing may.</summary>
    public string Take(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetByteCount(text);
        var left = limit - (Interlocked.Add(ref _used, bytes) - bytes);
        if (bytes <= left)
            return text;
        var kept = left > 0 ? Beginning(text, (int)left) : "";
        Interlocked.Add(ref _droppedBytes, bytes - System.Text.Encoding.UTF8.GetByteCount(kept));
        Interlocked.Add(ref _droppedLines, text.AsSpan(kept.Length).Count('\n'));
        return kept;
    }

    /// <summary>What was dropped since the last call, as one line with a line break; empty where nothing was.</summary>
    public string Report()
    {
        var (bytes, lines) = (Interlocked.Exchange(ref _droppedBytes, 0), Interlocked.Exchange(ref _droppedLines, 0));
        return bytes == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"\n[{bytes / (1024.0 * 1024):N1} MiB of output ({lines:N0} lines) dropped: a cell shows at most {limit >> 20} MiB of text; {Variable} sets another number of MiB]\n");
    }

    private static string Beginning(string text, int bytes)
    {
        Utf8.FromUtf16(text, new byte[bytes], out var characters, out _);
        return text[..characters];
    }
}
