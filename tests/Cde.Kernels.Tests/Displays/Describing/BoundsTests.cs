using System.Collections;
using System.Text.Json.Nodes;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Tests.Displays.Describing;

/// <summary>Nothing that a cell shows runs for ever, calls a property twice, or fills the page.</summary>
public sealed class BoundsTests : IDisposable
{
    private const int MaxHtml = 4_000_000;

    public void Dispose() => Formatter.ResetToDefault();

    [Theory]
    [InlineData(20)]
    [InlineData(3)]
    public void An_endless_sequence_is_read_one_item_beyond_its_limit(int limit)
    {
        Formatter.ListExpansionLimit = limit;
        var read = 0;

        var bundle = Formatter.Format(Endless());

        Assert.Equal((limit * 10) + 1, read);
        Assert.Contains($"the first {limit * 10}; there are more", bundle[MimeBundle.Html], StringComparison.Ordinal);

        IEnumerable<int> Endless()
        {
            while (true)
                yield return read++;
        }
    }

    [Fact]
    public void An_endless_sequence_inside_an_object_is_cut_sooner()
    {
        var read = 0;

        var text = new { Numbers = Endless() }.ToDisplayString();

        Assert.Equal(21, read);
        Assert.Contains("19] (the first 20; there are more)", text, StringComparison.Ordinal);

        IEnumerable<int> Endless()
        {
            while (true)
                yield return read++;
        }
    }

    [Fact]
    public void A_sequence_is_read_and_a_property_called_once_for_both_forms()
    {
        var counter = new Counter();

        Formatter.Format(new object[] { counter });

        Assert.Equal((1, 1), (counter.Calls, counter.Enumerated));
    }

    [Fact]
    public void An_enumerator_is_disposed_of_also_when_it_is_cut()
    {
        var isDisposed = false;
        _ = Formatter.Format(Endless());
        Assert.True(isDisposed);

        IEnumerable<string> Endless()
        {
            try
            {
                while (true)
                    yield return "x";
            }
            finally
            {
                isDisposed = true;
            }
        }
    }

    [Fact]
    public void A_sequence_that_throws_shows_what_came_before()
    {
        var text = Broken().ToDisplayString();

        Assert.StartsWith("[1, 2] (the first 2; then InvalidOperationException: no third", text, StringComparison.Ordinal);

        static IEnumerable<int> Broken()
        {
            yield return 1;
            yield return 2;
            throw new InvalidOperationException("no third");
        }
    }

    [Fact]
    public void Cycles_end()
    {
        var (left, right) = (new Linked("left"), new Linked("right"));
        (left.Next, right.Next) = (right, left);
        var list = new List<object> { 1 };
        list.Add(list);
        // The text that the compiler writes for records would never end.
        var loop = new Loop();
        loop.Self = loop;

        Assert.Equal("Linked\n  Name: left\n  Next: Linked\n    Name: right\n    Next: ↺ Linked, shown above", left.ToDisplayString());
        Assert.Equal("[1, ↺ List<object>, shown above]", list.ToDisplayString());
        Assert.Equal("BoundsTests.Loop\n  Self: ↺ BoundsTests.Loop, shown above", loop.ToDisplayString());
    }

    [Fact]
    public void The_same_value_twice_is_no_cycle()
    {
        var shared = new Linked("shared");

        Assert.DoesNotContain("shown above", new { A = shared, B = shared }.ToDisplayString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Linked")]
    [InlineData(1, "Linked\n  Name: 0\n  Next: Linked")]
    [InlineData(2, "Linked\n  Name: 0\n  Next: Linked\n    Name: 1\n    Next: Linked")]
    public void The_recursion_limit_counts_levels(int limit, string expected)
    {
        Formatter.RecursionLimit = limit;

        Assert.Equal(expected, Chain(10).ToDisplayString());
    }

    [Fact]
    public void A_chain_of_a_million_is_shown_at_its_top() => Assert.InRange(Formatter.Format(Chain(1_000_000))[MimeBundle.Html].Length, 100, 10_000);

    [Fact]
    public void A_tree_that_branches_without_end_is_bounded_and_its_last_branch_is_shown_too()
    {
        Formatter.RecursionLimit = 50;

        var bundle = Formatter.Format(new[] { new Branching(0), new Branching(1_000_000) });

        Assert.InRange(bundle[MimeBundle.Html].Length, 10_000, MaxHtml);
        Assert.InRange(bundle[MimeBundle.PlainText].Length, 10, MaxHtml);
        Assert.Contains("1000001", bundle[MimeBundle.Html], StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_million_characters_are_cut_with_a_word_about_it()
    {
        var bundle = Formatter.Format(new string('x', 10_000_000));

        Assert.InRange(bundle[MimeBundle.Html].Length, 1_000_000, 1_100_000);
        Assert.EndsWith("the first 1,000,000 of 10,000,000 characters", bundle[MimeBundle.PlainText], StringComparison.Ordinal);
    }

    [Fact]
    public void Wide_tables_of_long_texts_are_bounded()
    {
        var row = Enumerable.Range(0, 100).ToDictionary(i => $"column {i}", _ => new string('y', 100_000));

        var html = Formatter.Format(Enumerable.Repeat(row, 100_000).ToList())[MimeBundle.Html];

        Assert.InRange(html.Length, 100_000, MaxHtml);
    }

    [Fact]
    public void Hundreds_of_properties_are_shown_in_part()
    {
        var json = new JsonObject(Enumerable.Range(0, 500).Select(i => KeyValuePair.Create($"p{i}", (JsonNode?)i)));

        Assert.EndsWith("p39: 39\n  … 460 more properties", json.ToDisplayString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Getters_that_throw_say_so_and_hide_nothing_else() => Assert.Equal(
        "BoundsTests.Throwing\n  Before: 1\n  Bad: InvalidOperationException: not now\n  After: 2\n  Span: Span<int>", new Throwing().ToDisplayString());

    [Fact]
    public void When_the_time_is_up_the_rest_is_left_out()
    {
        var time = new ManualTime();
        var value = new object[] { new Slow(time), new Slow(time) };

        var node = new Description(DisplayLimits.Current, new Budget(time)).Whole(value);

        var text = NodeText.Render(node, 20);
        Assert.Equal(3, text.Split("not read: time is up").Length - 1);
    }

    [Fact]
    public void Reading_a_slow_sequence_stops_in_time()
    {
        var time = new ManualTime();

        var node = new Description(DisplayLimits.Current, new Budget(time)).Whole(Slowly());

        Assert.Equal("[0, 1, 2, 3] (the first 4; reading stopped after 2 s)", NodeText.Render(node, 20));

        IEnumerable<int> Slowly()
        {
            for (var i = 0; ; i++)
            {
                time.Advance(TimeSpan.FromSeconds(0.5));
                yield return i;
            }
        }
    }

    [Fact]
    public void An_interrupt_is_no_value()
    {
        Assert.Throws<ThreadInterruptedException>(() => Formatter.Format(new Interrupted()));
        Assert.Throws<ThreadInterruptedException>(() => Formatter.Format(Sequence()));

        static IEnumerable<int> Sequence()
        {
            yield return 1;
            throw new ThreadInterruptedException();
        }
    }

    private static Linked Chain(int length)
    {
        Linked? next = null;
        for (var i = length - 1; i >= 0; i--)
            next = new Linked($"{i}") { Next = next };
        return next!;
    }

    private sealed class Counter : IEnumerable<int>
    {
        public int Calls { get; private set; }

        public int Enumerated { get; private set; }

        public Properties Shown => throw new InvalidOperationException("sequences are read, not their properties");

        public IEnumerator<int> GetEnumerator()
        {
            Enumerated++;
            yield return Calls++;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Properties;

    private sealed record Loop
    {
        public Loop? Self { get; set; }
    }

    private sealed class Branching(int depth)
    {
        public int Depth { get; } = depth;

        public IEnumerable<Branching> Branches => Enumerable.Range(1, 30).Select(i => new Branching(Depth + i));
    }

    private sealed class Throwing
    {
        public int Before => 1;

        public int Bad => throw new InvalidOperationException("not now");

        public int After => 2;

        public Span<int> Span => default;
    }

    private sealed class Interrupted
    {
        public int Value => throw new ThreadInterruptedException();
    }

    private sealed class Slow(ManualTime time)
    {
        public int First
        {
            get
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return 1;
            }
        }

        public int Second => 2;
    }
}

internal sealed class Linked(string name)
{
    public string Name { get; } = name;

    public Linked? Next { get; set; }
}
