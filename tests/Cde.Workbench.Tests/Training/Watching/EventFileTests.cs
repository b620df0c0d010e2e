using System.Buffers.Binary;
using System.Text;
using Cde.Testing;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Watching;

public sealed class EventFileTests
{
    [Fact]
    public void MaskedChecksum_ofTheStandardCheck_isCastagnolisMasked() =>
        Assert.Equal(Mask(0xE3069283), EventFile.MaskedChecksum("123456789"u8)); // CRC-32C of "123456789" in RFC 3720's terms

    [Fact]
    public void Append_thenRead_givesEachStepOnce_withTimesThatRise()
    {
        using var folder = new TemporaryFolder();
        var path = folder["events"];
        using (var file = EventFile.Open(path, []))
        {
            file.Append(Record(1, 2.5, null));
            file.Append(Record(2, 2.25, 0.5));
            file.Append(Record(3, 9, null));
        }

        using (var again = EventFile.Open(path, [Record(1, 2.5, null), Record(2, 2.25, 0.5)])) // gone on with from step 2
            again.Append(Record(3, 2, null));

        var events = Read(path);
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal([1L, 2L, 3L], events.Skip(1).Select(entry => entry.Step));
        Assert.Equal([2.5f, 2.25f, 2f], events.Skip(1).Select(entry => entry.Scalars["train/loss"]));
        Assert.Equal(0.5f, events[2].Scalars["evaluation/measure"]);
        Assert.DoesNotContain("evaluation/measure", events[1].Scalars.Keys);
        Assert.DoesNotContain("gradientNorm/firstStage", events[1].Scalars.Keys);
        Assert.Equal(events.Select(entry => entry.Time).Order(), events.Select(entry => entry.Time));
    }

    private static StepRecord Record(long step, double loss, double? evaluation) =>
        new() { Step = step, Loss = loss, LearningRate = 1e-3, GradientNorm = 1, Evaluation = evaluation, Seconds = 0.25, Tokens = 100 };

    private static uint Mask(uint crc) => ((crc >> 15) | (crc << 17)) + 0xA282EAD8;

    /// <summary>A reader of its own, by the format's description: it must not share the writer's mistakes.</summary>
    private static List<Entry> Read(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        var events = new List<Entry>();
        while (bytes.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            Assert.Equal(EventFile.MaskedChecksum(bytes[..8]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            var data = bytes.Slice(12, length);
            Assert.Equal(EventFile.MaskedChecksum(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            events.Add(new Entry(data));
            bytes = bytes[(16 + length)..];
        }

        return events;
    }

    private sealed class Entry
    {
        public Entry(ReadOnlySpan<byte> data)
        {
            foreach (var (field, number, content) in Fields(data))
            {
                if (field == 1)
                    Time = BitConverter.Int64BitsToDouble(number);
                else if (field == 2)
                    Step = number;
                else if (field == 3)
                    Version = Encoding.UTF8.GetString(content);
                else if (field == 5)
                    ReadSummary(content);
            }
        }

        public double Time { get; }

        public long Step { get; }

        public string Version { get; } = "";

        public Dictionary<string, float> Scalars { get; } = [];

        private void ReadSummary(byte[] summary)
        {
            foreach (var (_, _, value) in Fields(summary))
            {
                var fields = Fields(value);
                Scalars.Add(
                    Encoding.UTF8.GetString(fields.Single(entry => entry.Field == 1).Content),
                    BitConverter.Int32BitsToSingle((int)fields.Single(entry => entry.Field == 2).Number));
            }
        }

        private static List<(int Field, long Number, byte[] Content)> Fields(ReadOnlySpan<byte> data)
        {
            var fields = new List<(int, long, byte[])>();
            while (data.Length > 0)
            {
                var key = Variable(ref data);
                var (number, content) = (0L, Array.Empty<byte>());
                switch (key & 7)
                {
                    case 0:
                        number = Variable(ref data);
                        break;
                    case 1:
                        number = BinaryPrimitives.ReadInt64LittleEndian(data);
                        data = data[8..];
                        break;
                    case 2:
                        var length = (int)Variable(ref data);
                        content = data[..length].ToArray();
                        data = data[length..];
                        break;
                    default:
                        number = BinaryPrimitives.ReadInt32LittleEndian(data);
                        data = data[4..];
                        break;
                }

                fields.Add(((int)(key >> 3), number, content));
            }

            return fields;
        }

        private static long Variable(ref ReadOnlySpan<byte> data)
        {
            var (value, shift) = (0L, 0);
            while (true)
            {
                var next = data[0];
                data = data[1..];
                value |= (long)(next & 0x7F) << shift;
                if (next < 0x80)
                    return value;
                shift += 7;
            }
        }
    }
}
