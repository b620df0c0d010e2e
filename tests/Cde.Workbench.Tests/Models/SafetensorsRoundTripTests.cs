using Cde.Testing;
using Cde.Workbench.Models;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Models;

public sealed class SafetensorsRoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private sealed record Case(SafetensorsDtype Dtype, long[] Shape, byte[] Bytes);

    private static readonly Gen<Case> AnyTensor =
        from dtype in Gen.Elements(Enum.GetValues<SafetensorsDtype>())
        from shape in Gen.Choose(0, 5).Select(size => (long)size).ArrayOf().Resize(4)
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf((int)SafetensorsHeader.ByteCount(dtype, shape)!.Value)
        select new Case(dtype, shape, bytes);

    [Fact]
    public void Every_set_of_tensors_reads_back_as_it_was_written()
    {
        var sets = AnyTensor.ArrayOf().Resize(8).ToArbitrary();
        Prop.ForAll(sets, cases =>
        {
            var path = _folder["set.safetensors"];
            SafetensorsWriter.Write(path, cases.Select((c, i) => SafetensorsItem.FromBytes($"layer.{i}\"é", c.Dtype, c.Shape, c.Bytes)));
            using var file = SafetensorsFile.Open(path);
            Assert.Equal(cases.Length, file.Entries.Count);
            for (var i = 0; i < cases.Length; i++)
            {
                var entry = file.Expect($"layer.{i}\"é", cases[i].Shape);
                Assert.Equal(cases[i].Dtype, entry.Dtype);
                Assert.True(file.Bytes(entry.Name).SequenceEqual(cases[i].Bytes));
                Assert.Equal(0, entry.Offset % entry.Dtype.ElementSize());
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Floats_read_back_exactly_and_halves_to_the_nearest()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<float[]>(), values =>
        {
            var path = _folder["floats.safetensors"];
            SafetensorsWriter.Write(path,
            [
                SafetensorsItem.FromFloats("f32", [values.Length], values),
                SafetensorsItem.FromFloats("f16", [values.Length], values, SafetensorsDtype.F16),
                SafetensorsItem.FromFloats("bf16", [values.Length], values, SafetensorsDtype.BF16),
            ]);
            using var file = SafetensorsFile.Open(path);
            Assert.Equal(values, file.Floats("f32"));
            Assert.Equal(values.Select(value => (float)(Half)value), file.Floats("f16"));
            Assert.Equal(values.Select(NearestBFloat16), file.Floats("bf16"));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_bfloat16_reads_as_the_float_with_these_upper_bits()
    {
        var bits = Enumerable.Range(0, 1 << 16).Select(value => (ushort)value).ToArray();
        var path = _folder["bf16.safetensors"];
        SafetensorsWriter.Write(path,
            [SafetensorsItem.FromBytes("x", SafetensorsDtype.BF16, [bits.Length], System.Runtime.InteropServices.MemoryMarshal.AsBytes<ushort>(bits).ToArray())]);
        using var file = SafetensorsFile.Open(path);
        Assert.Equal(bits.Select(value => (uint)value << 16), file.Floats("x").Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Integers_of_every_width_keep_their_sign()
    {
        var path = _folder["integers.safetensors"];
        SafetensorsWriter.Write(path,
        [
            SafetensorsItem.FromBytes("i8", SafetensorsDtype.I8, [2], new byte[] { 0xFF, 0x7F }),
            SafetensorsItem.FromBytes("u8", SafetensorsDtype.U8, [2], new byte[] { 0xFF, 0x7F }),
            SafetensorsItem.FromBytes("bool", SafetensorsDtype.Bool, [2], new byte[] { 0, 1 }),
            SafetensorsItem.FromBytes("i16", SafetensorsDtype.I16, [1], new byte[] { 0xFE, 0xFF }),
            SafetensorsItem.FromBytes("i32", SafetensorsDtype.I32, [1], new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }),
            SafetensorsItem.FromIntegers("i64", [2], new[] { long.MinValue, long.MaxValue }),
            SafetensorsItem.FromBytes("u64", SafetensorsDtype.U64, [1], new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 }),
            SafetensorsItem.FromFloats("f32", [1], new[] { 1f }),
        ]);
        using var file = SafetensorsFile.Open(path);
        Assert.Equal([-1, 127], file.Integers("i8"));
        Assert.Equal([255, 127], file.Integers("u8"));
        Assert.Equal([0, 1], file.Integers("bool"));
        Assert.Equal([-2], file.Integers("i16"));
        Assert.Equal([-2], file.Integers("i32"));
        Assert.Equal([long.MinValue, long.MaxValue], file.Integers("i64"));
        Assert.Contains("tensor u64 has a U64 value beyond", Assert.Throws<CdeException>(() => file.Integers("u64")).Message);
        Assert.Contains("tensor f32 is F32; expected whole numbers", Assert.Throws<CdeException>(() => file.Integers("f32")).Message);
        Assert.Contains("tensor i8 is I8; expected F16, BF16, F32 or F64", Assert.Throws<CdeException>(() => file.Floats("i8")).Message);
    }

    [Fact]
    public void Same_content_gives_the_same_bytes_and_metadata_read_back()
    {
        var one = _folder["one"];
        var two = _folder["two"];
        var item = SafetensorsItem.FromFloats("x", [], new[] { 3f });
        SafetensorsWriter.Write(one, [item], new Dictionary<string, string> { ["b"] = "2", ["a"] = "ü\n" });
        SafetensorsWriter.Write(two, [item], new Dictionary<string, string> { ["a"] = "ü\n", ["b"] = "2" });
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(two));
        using var file = SafetensorsFile.Open(one);
        Assert.Equal("ü\n", file.Metadata["a"]);
        Assert.Equal([3f], file.Floats("x"));
        Assert.Equal(0, file.Entry("x").Offset % 64);
    }

    [Fact]
    public void Writer_refuses_repeated_names_and_wrong_lengths_and_leaves_the_old_file()
    {
        var path = _folder.Write("old", "old");
        var item = SafetensorsItem.FromFloats("x", [1], new[] { 1f });
        Assert.Contains("x is taken", Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [item, item])).Message);
        var wrong = SafetensorsItem.FromWriter("y", SafetensorsDtype.F32, [2], stream => stream.WriteByte(0));
        Assert.Contains("tensor y wrote 1 bytes, expected 8", Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [wrong])).Message);
        Assert.Throws<ArgumentException>(() => SafetensorsItem.FromBytes("x", SafetensorsDtype.F32, [1], new byte[3]));
        Assert.Throws<ArgumentException>(() => SafetensorsItem.FromFloats("x", [long.MaxValue], new float[3]));
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Wrong_shape_names_tensor_expected_and_found_and_missing_tensor_offers_names()
    {
        var path = _folder["x.safetensors"];
        SafetensorsWriter.Write(path, [SafetensorsItem.FromFloats("encoder.weight", [2, 3], new float[6])]);
        using var file = SafetensorsFile.Open(path);
        Assert.Equal("F32 [2, 3]", file.Expect("encoder.weight", -1, 3).ToString());
        var shape = Assert.Throws<CdeException>(() => file.Expect("encoder.weight", 2, -1, 4));
        Assert.Equal($"{path}: tensor encoder.weight has shape [2, 3], expected [2, any, 4]", shape.Message);
        var missing = Assert.Throws<CdeException>(() => file.Floats("encoder.weigth"));
        Assert.Equal($"{path} has no tensor encoder.weigth; did you mean encoder.weight?", missing.Message);
    }

    // Of the two floats with empty lower halves around the value, the nearer one; of two equally near, the one with the even last bit.
    private static float NearestBFloat16(float value)
    {
        if (!float.IsFinite(value))
            return value;
        var bits = BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000;
        var towardsZero = BitConverter.UInt32BitsToSingle(bits);
        var away = BitConverter.UInt32BitsToSingle(bits + 0x10000);
        var limit = float.IsInfinity(away) ? Math.CopySign(Math.ScaleB(1.0, 128), value) : away;
        var (below, above) = (Math.Abs((double)value - towardsZero), Math.Abs(limit - value));
        return below < above || (below == above && (bits & 0x10000) == 0) ? towardsZero : away;
    }
}
