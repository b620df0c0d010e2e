using System.Buffers.Binary;
using System.Numerics;

namespace Cde.Workbench.Training;

/// <summary>
/// A run's numbers as a TensorBoard event file: records of TFRecord (length, its checksum, data, its checksum), each an <c>Event</c> message with a time, a step and
/// scalar summaries. Going on with a run writes the file anew from the log, so that it too has each step once.
/// </summary>
public sealed class EventFile : IDisposable
{
    private const string Version = "brain.Event:2";

    private readonly FileStream stream;
    private readonly TimeProvider time;

    private EventFile(FileStream stream, TimeProvider time) => (this.stream, this.time) = (stream, time);

    /// <summary>The name by which TensorBoard knows such a file.</summary>
    public static string Name => "events.out.tfevents.0.cde";

    /// <summary>Writes the steps so far, and opens the file for more.</summary>
    /// <param name="path">Replaced as a whole.</param>
    /// <param name="steps">Steps so far; they are dated back by the time they took.</param>
    /// <param name="time">The clock; the system's where null.</param>
    public static EventFile Open(string path, IReadOnlyList<StepRecord> steps, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var at = Now(time) - steps.Sum(step => step.Seconds);
        AtomicFile.Write(path, file =>
        {
            WriteRecord(file, Event(at, null, message => message.Text(3, Version)));
            foreach (var step in steps)
                WriteRecord(file, Scalars(at += step.Seconds, step));
        });
        return new EventFile(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read), time);
    }

    /// <summary>Adds a step.</summary>
    public void Append(StepRecord step)
    {
        WriteRecord(stream, Scalars(Now(time), step));
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <summary>The checksum of TFRecord: CRC-32C, turned by 15 bits, plus a constant, so that a checksum among the data is not one of itself.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }

    private static double Now(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static void WriteRecord(Stream file, byte[] data)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedChecksum(head[..8]));
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedChecksum(data));
        file.Write([.. head, .. data, .. tail]);
    }

    private static byte[] Scalars(double at, StepRecord step)
    {
        (string Tag, double? Value)[] all =
        [
            ("train/loss", step.Loss), ("train/adversarialLoss", step.AdversarialLoss), ("train/routerLoss", step.RouterLoss), ("train/learningRate", step.LearningRate), ("train/temperature", step.Temperature),
            ("train/accuracy", step.Accuracy), ("train/correlation", step.Correlation),
            ("gradientNorm/all", step.GradientNorm), ("gradientNorm/firstStage", step.GradientNormFirstStage), ("gradientNorm/secondStage", step.GradientNormSecondStage),
            ("vectors/alignment", step.Alignment), ("vectors/uniformity", step.Uniformity), ("vectors/effectiveRank", step.EffectiveRank), ("vectors/collapse", step.Collapse ? 1 : 0),
            ("data/duplicateRate", step.DuplicateRate), ("data/falseNegativeRate", step.FalseNegativeRate), ("data/nullContext", step.NullContext),
            ("speed/tokensPerSecond", step.TokensPerSecond), ("evaluation/measure", step.Evaluation),
        ];
        return Event(at, step.Step, message => message.Message(5, summary =>
        {
            foreach (var (tag, value) in all.Where(entry => entry.Value is not null))
                summary.Message(1, scalar => scalar.Text(1, tag).Float(2, (float)value!.Value));
        }));
    }

    private static byte[] Event(double at, long? step, Action<ProtocolMessage> content)
    {
        var message = new ProtocolMessage().Double(1, at);
        if (step is { } number)
            message.Integer(2, number);
        content(message);
        return message.ToArray();
    }
}
