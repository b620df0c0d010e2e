using System.Data;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cde.Kernels.Displays;
using Microsoft.FSharp.Core;

namespace Cde.Kernels.Tests.Displays.Describing;

/// <summary>How values read as text. Each case is small enough to be checked by eye.</summary>
public partial class PlainTextTests
{
    public static TheoryData<object?, string> Scalars => new()
    {
        { null, "null" },
        { "a\n  b", "a\n  b" },
        { 42, "42" },
        { -1.5e-7, "-1.5E-07" },
        { 1234.5m, "1234.5" },
        { float.NaN, "NaN" },
        { BigInteger.Pow(2, 70), "1180591620717411303424" },
        { true, "True" },
        { 'x', "x" },
        { DayOfWeek.Friday, "Friday" },
        { new DateTime(2026, 11, 20), "2026-11-20" },
        { new DateTime(2026, 11, 20, 8, 5, 0), "2026-11-20 08:05:00" },
        { new DateTimeOffset(2026, 11, 20, 8, 5, 0, TimeSpan.FromHours(2)), "2026-11-20 08:05:00 +02:00" },
        { TimeSpan.FromSeconds(90), "00:01:30" },
        { new Guid("11111111-2222-3333-4444-555555555555"), "11111111-2222-3333-4444-555555555555" },
        { typeof(Dictionary<string, List<int?[]>>), "Dictionary<string, List<int?[]>>" },
        { typeof(List<>), "List<T>" },
        { typeof((int, string)), "(int, string)" },
        { new Uri("https://example.org/a"), "https://example.org/a" },
        { (Func<int, string>)(i => i.ToString(CultureInfo.InvariantCulture)), "Func<int, string>" },
        { Array.Empty<int>(), "[]" },
        { new[] { 1, 2, 3 }, "[1, 2, 3]" },
        { new object?[] { 1, null, true }, "[1, null, True]" },
        { new ArraySegment<int>([1, 2, 3], 1, 2), "[2, 3]" },
        { new ReadOnlyMemory<int>([1, 2, 3]), "[1, 2, 3]" },
        { new Memory<double>([0.5]), "[0.5]" },
        { "letters".AsMemory(), "letters" },
        { Task.CompletedTask, "Task: done" },
        { new TaskCompletionSource<int>().Task, "Task<int>: running" },
        { Task.FromCanceled<int>(new CancellationToken(true)), "Task<int>: cancelled" },
        { new Lazy<int>(() => 3), "Lazy<int>: not made yet" },
        { FSharpOption<int>.Some(3), "Some\n  Value: 3" },
        { FSharpValueOption<int>.None, "ValueNone" },
        { Later(), "IAsyncEnumerable<int>: not read; \"await foreach\" reads it" },
    };

    [Theory]
    [MemberData(nameof(Scalars), DisableDiscoveryEnumeration = true)]
    public void Value(object? value, string expected)
    {
        CultureInfo.CurrentCulture = new CultureInfo("");
        Assert.Equal(expected, value.ToDisplayString());
    }

    [Fact]
    public void Records_are_rows() => Expect(
        """
        #  Name  Size  Inner
        ─────────────────────────────────────────────────
        0  a        1  null
        1  b       12  Piece { Name = c, Size = 3 }
        """,
        new[] { new Piece("a", 1, null), new Piece("b", 12, new Piece("c", 3, null)) });

    [Fact]
    public void Objects_are_trees() => Expect(
        """
        anonymous
          Name: x
          Inner: Piece
            Name: a
            Size: 1
            Inner: null
          Numbers: [1, 2]
          Rows:
            #  Item1  Item2
            ───────────────
            0      1  one
          Empty: []
        """,
        new { Name = "x", Inner = new Piece("a", 1, null), Numbers = new[] { 1, 2 }, Rows = new[] { (1, "one") }, Empty = Array.Empty<string>() });

    [Fact]
    public void Sequences_of_several_types_say_which() => Expect(
        """
        #  type       Name  Size  Inner  A  B
        ─────────────────────────────────────
        0  Piece      a        1  null
        1  anonymous                     1  x
        """,
        new object[] { new Piece("a", 1, null), new { A = 1, B = "x" } });

    [Fact]
    public void Dictionaries_are_keys_and_values_and_rows_inside_sequences()
    {
        Expect(
            """
            key  value
            ───────────
            one  [1]
            two  [1, 2]
            """,
            new Dictionary<string, int[]> { ["one"] = [1], ["two"] = [1, 2] });
        Expect(
            """
            #  name  age
            ────────────
            0  ann     3
            1  bob
            """,
            new[] { new Dictionary<string, object> { ["name"] = "ann", ["age"] = 3 }, new() { ["name"] = "bob" } });
    }

    [Fact]
    public void Groups_are_rows_with_their_key() => Expect(
        """
        #  Key  Items
        ────────────────
        0    1  [1, 3]
        1    0  [2]
        """,
        new[] { 1, 2, 3 }.GroupBy(number => number % 2));

    [Fact]
    public void Arrays_of_two_dimensions_lie_as_they_are() => Expect(
        """
        int[,], 2 x 3
        #  0  1  2
        ──────────
        0  1  2  3
        1  4  5  6
        """,
        new[,] { { 1, 2, 3 }, { 4, 5, 6 } });

    [Fact]
    public void Jagged_arrays_are_rows_of_their_own_length() => Expect(
        """
        #  0  1
        ───────
        0  1  2
        1  3
        """,
        new[] { new[] { 1, 2 }, [3] });

    [Fact]
    public void Data_tables_keep_their_columns()
    {
        using var table = new DataTable("people");
        table.Columns.Add("name");
        table.Columns.Add("age", typeof(int));
        table.Rows.Add("ann", 3);
        table.Rows.Add("bob", DBNull.Value);

        Expect(
            """
            people, 2 items
            name   age
            ──────────
            ann      3
            bob   null
            """,
            table);
    }

    [Fact]
    public void Json_is_a_tree()
    {
        const string tree =
            """
            object
              a: [1, 2]
              b: object
                c: null
                d: text
            """;
        var node = JsonNode.Parse("""{"a":[1,2],"b":{"c":null,"d":"text"}}""");

        Expect(tree, node);
        Expect(tree, JsonSerializer.SerializeToElement(node));
    }

    [Fact]
    public void Bytes_are_a_dump() => Expect(
        """
        byte[], 18 bytes
        00000000  61 62 63 0a 00 ff 41 42  43 44 45 46 47 48 49 4a  abc...ABCDEFGHIJ
        00000010  4b 4c                                             KL
        """,
        new byte[] { 0x61, 0x62, 0x63, 0x0A, 0, 0xFF }.Concat("ABCDEFGHIJKL"u8.ToArray()).ToArray());

    [Fact]
    public void Tasks_that_are_done_show_their_result_and_those_that_failed_their_reason()
    {
        Expect("Task<int[]>\n  Result: [1, 2]", Task.FromResult(new[] { 1, 2 }));
        Expect("Task<int>\n  Exception: InvalidOperationException: broken", Task.FromException<int>(new InvalidOperationException("broken")));
    }

    // The rule under a table's header is as wide as the table: its length says nothing that the columns do not.
    private static void Expect(string expected, object? value) => Assert.Equal(
        Rule().Replace(expected.ReplaceLineEndings("\n"), "─"),
        Rule().Replace(value.ToDisplayString(), "─"));

    [GeneratedRegex("─+")]
    private static partial Regex Rule();

    private static async IAsyncEnumerable<int> Later()
    {
        await Task.Yield();
        yield return 1;
    }
}

internal sealed record Piece(string Name, int Size, Piece? Inner);
