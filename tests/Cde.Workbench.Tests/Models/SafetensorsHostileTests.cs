using System.Buffers.Binary;
using Cde.Testing;
using Cde.Workbench.Models;
using static Cde.Workbench.Tests.Models.RawSafetensors;

namespace Cde.Workbench.Tests.Models;

/// <summary>Every broken file is refused with one line that names the file, the tensor where there is one, and the rule.</summary>
public sealed class SafetensorsHostileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, int, string> BrokenHeaders { get; } = new()
    {
        { "empty", "", 0, "does not start with {" },
        { "not an object", "[]", 0, "does not start with {" },
        { "leading space", " {}", 0, "does not start with {" },
        { "not JSON", "{\"a\":", 0, "not valid JSON" },
        { "goes on", "{}{}", 0, "not valid JSON" },
        { "tensor is a number", "{\"a\":1}", 0, "tensor \"a\": its description is not an object" },
        { "no dtype", "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "tensor \"a\": \"dtype\" is missing" },
        { "no shape", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4, "tensor \"a\": \"shape\" is missing" },
        { "no offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "tensor \"a\": \"data_offsets\" is missing" },
        { "two dtypes", "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "\"dtype\" occurs twice" },
        { "unknown dtype", One("F31", "[1]", "[0,4]"), 4, "tensor \"a\": dtype \"F31\" is not one of BF16, BOOL" },
        { "lower-case dtype", One("f32", "[1]", "[0,4]"), 4, "dtype \"f32\" is not one of" },
        { "wrong dtype", One("F64", "[1]", "[0,4]"), 4, "tensor \"a\": F64 [1] takes 8 bytes and data_offsets give 4" },
        { "wrong shape", One("F32", "[2]", "[0,4]"), 4, "F32 [2] takes 8 bytes" },
        { "negative shape", One("F32", "[-1,-1]", "[0,4]"), 4, "tensor \"a\": \"shape\" holds something that is not a whole number" },
        { "fractional shape", One("F32", "[1.5]", "[0,4]"), 4, "\"shape\" holds something" },
        { "shape beyond a long", One("F32", "[18446744073709551616]", "[0,4]"), 4, "\"shape\" holds something" },
        { "shape is a text", One("F32", "\"1\"", "[0,4]"), 4, "\"shape\" is not a list" },
        { "nested shape", One("F32", "[[1]]", "[0,4]"), 4, "\"shape\" holds something" },
        { "overflowing shape", One("F32", "[4294967296,4294967296]", "[0,0]"), 0, "more bytes than can be counted" },
        { "shape that wraps to its length", One("F32", "[4611686018427387905]", "[0,4]"), 4, "more bytes than can be counted" },
        { "overflowing offsets", One("U8", "[9223372036854775807]", "[0,9223372036854775807]"), 4, "data_offsets end at 9223372036854775807" },
        { "one offset", One("F32", "[1]", "[4]"), 4, "data_offsets [4] are not a start and an end" },
        { "three offsets", One("F32", "[1]", "[0,4,8]"), 4, "are not a start and an end" },
        { "backward offsets", One("F32", "[1]", "[4,0]"), 4, "data_offsets [4, 0] are not a start and an end" },
        { "negative offset", One("F32", "[1]", "[-4,0]"), 4, "\"data_offsets\" holds something" },
        { "hole at the start", One("F32", "[1]", "[4,8]"), 8, "tensor \"a\": there is a hole of 4 bytes" },
        { "hole between", Two("[0,4]", "[8,12]"), 12, "tensor \"b\": there is a hole of 4 bytes" },
        { "overlap", Two("[0,4]", "[2,6]"), 6, "tensor \"b\": its data overlap" },
        { "same data twice", Two("[0,4]", "[0,4]"), 4, "its data overlap" },
        { "name twice", "{" + Tensor("a", "F32", "[1]", "[0,4]") + "," + Tensor("a", "F32", "[1]", "[4,8]") + "}", 8, "tensor \"a\": its name occurs twice" },
        { "trailing bytes", One("F32", "[1]", "[0,4]"), 5, "1 bytes follow the last tensor's data" },
        { "trailing bytes without tensors", "{}", 5, "5 bytes follow" },
        { "truncated data", One("F32", "[2]", "[0,8]"), 7, "tensor \"a\": its data end at byte" },
        { "metadata is a list", "{\"__metadata__\":[]}", 0, "__metadata__ is not an object" },
        { "metadata holds a number", "{\"__metadata__\":{\"a\":1}}", 0, "the value of \"a\" is not a text" },
        { "metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}", 0, "__metadata__ occurs twice" },
        { "metadata key twice", "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "\"a\" occurs twice" },
        { "very deep", "{\"a\":{\"x\":" + new string('[', 5000) + new string(']', 5000) + "}}", 0, "not valid JSON" },
        { "lone surrogate", "{\"\\ud800\":1}", 0, "not valid JSON" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(BrokenHeaders))]
    public void Broken_header_is_refused_by_rule(string what, string header, int dataLength, string rule) =>
        AssertRefused(what, Bytes(header, dataLength), rule);

    [Fact]
    public void Header_that_is_not_utf8_is_refused() =>
        AssertRefused("latin", Bytes([.. "{\""u8, 0xE9, .. "\":1}"u8], 0), "not valid UTF-8");

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void File_without_a_header_length_is_refused(int length) =>
        AssertRefused("short", new byte[length], $"it has {length} bytes");

    [Theory]
    [InlineData(100_000_001UL, "at most 100000000 are allowed")]
    [InlineData(ulong.MaxValue, "at most 100000000 are allowed")]
    [InlineData(0x8000_0000_0000_0000UL, "at most 100000000 are allowed")]
    [InlineData(3UL, "it is truncated")]
    public void Header_length_beyond_the_limit_or_the_file_is_refused(ulong announced, string rule)
    {
        var bytes = Bytes("{}", 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, announced);
        AssertRefused("length", bytes, rule);
    }

    [Fact]
    public void File_cut_at_any_byte_is_refused()
    {
        var whole = Bytes("{" + Tensor("a", "F32", "[2]", "[0,8]") + "," + Tensor("b", "I8", "[3]", "[8,11]") + "}", 11);
        for (var length = 0; length < whole.Length; length++)
            AssertRefused("cut", whole[..length], "");
        File.WriteAllBytes(_folder["whole"], whole);
        using var file = SafetensorsFile.Open(_folder["whole"]);
        Assert.Equal(2, file.Entries.Count);
    }

    [Fact]
    public void File_with_any_byte_changed_opens_or_is_refused_and_never_reads_outside()
    {
        var whole = Bytes("{\"__metadata__\":{\"k\":\"v\"}," + Tensor("a", "F32", "[2]", "[0,8]") + "," + Tensor("b", "BF16", "[1,2]", "[8,12]") + "}", 12);
        var random = new Random(20);
        var opened = 0;
        for (var trial = 0; trial < 3000; trial++)
        {
            var bytes = (byte[])whole.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(4) == 0 ? random.Next(256) : "0123456789[]{},:\""[random.Next(17)]);
            File.WriteAllBytes(_folder["changed"], bytes);
            try
            {
                using var file = SafetensorsFile.Open(_folder["changed"]);
                foreach (var entry in file.Entries.Values)
                    Assert.Equal(entry.Length, file.Bytes(entry.Name).Length);
                opened++;
            }
            catch (CdeException refusal)
            {
                Assert.DoesNotContain('\n', refusal.Message);
            }
        }

        Assert.InRange(opened, 1, 2999);
    }

    [Fact]
    public void Missing_file_is_named()
    {
        var failure = Assert.Throws<CdeException>(() => SafetensorsFile.Open(_folder["absent.safetensors"]));
        Assert.Equal($"{_folder["absent.safetensors"]} does not exist", failure.Message);
    }

    private static string One(string dtype, string shape, string offsets) => "{" + Tensor("a", dtype, shape, offsets) + "}";

    private static string Two(string first, string second) =>
        "{" + Tensor("a", "F32", "[1]", first) + "," + Tensor("b", "F32", "[1]", second) + "}";

    private void AssertRefused(string what, byte[] bytes, string rule)
    {
        var path = _folder["broken.safetensors"];
        File.WriteAllBytes(path, bytes);
        var failure = Assert.Throws<CdeException>(() => SafetensorsFile.Open(path));
        Assert.True(failure.Message.StartsWith($"{path} is not a usable safetensors file: ", StringComparison.Ordinal), $"{what}: {failure.Message}");
        Assert.Contains(rule, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
