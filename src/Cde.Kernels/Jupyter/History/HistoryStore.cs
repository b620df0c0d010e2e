using System.Globalization;
using System.Text;
using System.Text.Json;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// Everything that was ever run: a folder with a file for each session, so that kernels which run side by side never write to the same one.
/// A file only grows; a line that was cut by a kill is passed over.
/// </summary>
/// <param name="folder">The folder; made when there is something to keep.</param>
internal sealed class HistoryStore(string folder)
{
    private const string Extension = ".jsonl";

    /// <summary>Where history is kept: <c>history</c> in the user's cache folder.</summary>
    public static string DefaultFolder => Path.Combine(UserFolders.Cache, "history");

    /// <summary>The last entries, oldest first.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<HistoryEntry> Tail(int count) => LastMatches(_ => true, count, isUnique: false);

    /// <summary>The last entries whose text matches a pattern, oldest first.</summary>
    /// <param name="pattern">With <c>*</c>, <c>?</c> and <c>[...]</c>; see <see cref="GlobPattern"/>.</param>
    /// <param name="count">How many at most; all where null.</param>
    /// <param name="isUnique">Each text once, as its last entry.</param>
    public IReadOnlyList<HistoryEntry> Search(string pattern, int? count, bool isUnique)
    {
        var glob = new GlobPattern(pattern);
        return LastMatches(entry => glob.IsMatch(entry.Input), count ?? int.MaxValue, isUnique);
    }

    /// <summary>Entries of one session.</summary>
    /// <param name="current">The session that asks.</param>
    /// <param name="session">0 the one that asks, -1 the one before it and so on, else its number.</param>
    /// <param name="start">The first line.</param>
    /// <param name="stop">The line after the last; to the end where null.</param>
    public IReadOnlyList<HistoryEntry> Range(HistorySession current, int session, int start, int? stop)
    {
        var number = session switch
        {
            0 => current.Number,
            < 0 => Sessions().Where(known => current.Number is not { } own || known < own).Reverse().Skip(-session - 1).Cast<int?>().FirstOrDefault(),
            _ => session,
        };
        return number is null ? [] : [.. Read(number.Value).Where(entry => entry.Line >= start && (stop is null || entry.Line < stop))];
    }

    /// <summary>Claims the next session number by making its file, which no other kernel can make too.</summary>
    /// <param name="number">The number.</param>
    public FileStream Open(out int number)
    {
        Directory.CreateDirectory(folder);
        for (number = Sessions().LastOrDefault() + 1; ; number++)
        {
            try
            {
                return new FileStream(PathOf(number), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            }
            catch (IOException) when (File.Exists(PathOf(number)))
            {
                // Another kernel was faster.
            }
        }
    }

    private List<HistoryEntry> LastMatches(Func<HistoryEntry, bool> isWanted, int count, bool isUnique)
    {
        var found = new List<HistoryEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Sessions().Reverse().SelectMany(session => Read(session).AsEnumerable().Reverse()).Where(isWanted))
        {
            if (found.Count >= count)
                break;
            if (!isUnique || seen.Add(entry.Input))
                found.Add(entry);
        }

        found.Reverse();
        return found;
    }

    private int[] Sessions() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(file => int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0).Order()]
        : [];

    private List<HistoryEntry> Read(int session)
    {
        var entries = new List<HistoryEntry>();
        foreach (var line in Lines(PathOf(session)))
        {
            if (HistoryLine.Parse(line) is not { } parsed)
                continue;
            if (parsed.Input is { } input)
                entries.Add(new HistoryEntry(session, parsed.Line, input, null));
            else if (entries.FindLastIndex(entry => entry.Line == parsed.Line) is >= 0 and var index)
                entries[index] = entries[index] with { Output = parsed.Output };
        }

        return entries;
    }

    private static string[] Lines(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.UTF8);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private string PathOf(int session) => Path.Combine(folder, session.ToString("D6", CultureInfo.InvariantCulture) + Extension);
}

/// <summary>A line of a session's file: the text of a cell when it starts, and its result when it has one.</summary>
/// <param name="Line">The cell's number.</param>
/// <param name="Input">Its text.</param>
/// <param name="Output">Its result.</param>
internal sealed record HistoryLine(int Line, string? Input, string? Output)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a line; null where it is cut or of another kind.</summary>
    public static HistoryLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<HistoryLine>(text, Options) is { Line: > 0 } line && line.Input is not null != line.Output is not null ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The octets of the line, with its line break.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Options), (byte)'\n'];
}
