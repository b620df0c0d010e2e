using System.Text;
using System.Text.Json;

namespace Cde.Workbench.Training.Runs;

/// <summary>
/// A run's <c>log.jsonl</c>: one object a step, each step once. A line is written as a whole and at once, so that a kill leaves at most one torn line at the end;
/// going on from a checkpoint drops what came after it.
/// </summary>
public sealed class TrainingLog : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly FileStream stream;
    private readonly List<StepRecord> records;

    private TrainingLog(FileStream stream, List<StepRecord> records) => (this.stream, this.records) = (stream, records);

    /// <summary>All steps so far.</summary>
    public IReadOnlyList<StepRecord> Records => records;

    /// <summary>Opens the log after <paramref name="step"/> steps; later lines, and a torn one, are cut off.</summary>
    /// <exception cref="CdeException">A step up to there is missing or unreadable, or another process writes the log.</exception>
    public static TrainingLog Open(string path, long step)
    {
        var (records, end) = Scan(path, step);
        if (records.Count < step)
            throw new CdeException($"{path}: step {records.Count + 1} is missing, the checkpoint is of step {step}; the log is damaged: start in another folder");
        try
        {
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            stream.SetLength(end);
            stream.Seek(0, SeekOrigin.End);
            return new TrainingLog(stream, records);
        }
        catch (IOException error)
        {
            throw new CdeException($"{path} cannot be written: {error.Message.TrimEnd('.')}; is another process training in this folder?", error);
        }
    }

    /// <summary>The steps of a log, from 1 on, up to the first line that is torn or out of order. A run may be writing it.</summary>
    public static IReadOnlyList<StepRecord> Read(string path) => Scan(path, long.MaxValue).Records;

    /// <summary>Adds a step.</summary>
    public void Append(StepRecord record)
    {
        stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, Json) + "\n"));
        stream.Flush();
        records.Add(record);
    }

    /// <summary>Sees that what was added survives a loss of power; a checkpoint must never be ahead of its log.</summary>
    public void Secure() => stream.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private static (List<StepRecord> Records, long End) Scan(string path, long most)
    {
        var (records, end) = (new List<StepRecord>(), 0L);
        if (!File.Exists(path))
            return (records, end);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        while (records.Count < most && bytes.AsSpan((int)end, length - (int)end).IndexOf((byte)'\n') is var size and >= 0)
        {
            if (Line(bytes.AsSpan((int)end, size)) is not { } record || record.Step != records.Count + 1)
                break;
            records.Add(record);
            end += size + 1;
        }

        return (records, end);
    }

    private static StepRecord? Line(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<StepRecord>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
