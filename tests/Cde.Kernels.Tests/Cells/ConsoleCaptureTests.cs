using Cde.Kernels.Cells;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Cells;

public class ConsoleCaptureTests
{
    [Fact]
    public void Both_streams_arrive_in_the_order_in_which_they_are_written()
    {
        var record = new CellRecord();
        using var capture = ConsoleCapture.Begin();

        record.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                Console.Write($"o{i}");
                Console.Error.Write($"e{i}");
            }
        });

        Assert.Equal(Enumerable.Range(0, 500).SelectMany(i => new[] { $"out o{i}", $"err e{i}" }), record.Events);
    }

    [Fact]
    public void Every_kind_of_line_is_one_write()
    {
        var record = new CellRecord();
        using var capture = ConsoleCapture.Begin();

        record.Run(() =>
        {
            Console.WriteLine("text");
            Console.WriteLine(1.5);
            Console.WriteLine('c');
            Console.WriteLine(true);
            Console.WriteLine("{0} and {1}", 1, null);
            Console.WriteLine((object?)null);
            Console.WriteLine("wide".ToCharArray(), 1, 2);
            Console.WriteLine();
        });

        Assert.Equal(["text", "1.5", "c", "True", "1 and ", "", "id", ""], record.Events.Select(line => line[4..].TrimEnd('\r', '\n')));
    }

    [Fact]
    public void Threads_and_tasks_write_to_the_cell_that_started_them_also_after_it_ended()
    {
        var (first, second) = (new CellRecord(), new CellRecord());
        using var capture = ConsoleCapture.Begin();
        using var go = new ManualResetEventSlim();
        Thread? late = null;
        Task? task = null;
        first.Run(() =>
        {
            late = new Thread(() =>
            {
                go.Wait();
                Console.Write("late thread;");
            });
            late.Start();
            task = Task.Run(async () =>
            {
                await Task.Yield();
                go.Wait();
                Console.Write("late task;");
            });
        });

        second.Run(() =>
        {
            Console.Write("second;");
            go.Set();
            late!.Join();
            task!.Wait();
        });

        Assert.Equal("second;", second.Text);
        Assert.Equal(["late task;", "late thread;"], first.Text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part + ";").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Code_of_no_cell_writes_to_the_real_streams_before_the_first_cell_and_to_the_latest_after()
    {
        var real = new StringWriter();
        var before = Console.Out;
        Console.SetOut(real);
        try
        {
            using (ConsoleCapture.Begin())
            {
                OutsideCells(() => Console.Write("host;"));
                var record = new CellRecord();
                record.Run(() => Console.Write("cell;"));
                OutsideCells(() => Console.Write("stray;"));
                Assert.Equal("cell;stray;", record.Text);
                ConsoleCapture.RealOutput.Write("own;");
            }

            Console.Write("after;");
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Equal("host;own;after;", real.ToString());
    }

    [Fact]
    public void The_console_is_back_when_the_last_capture_ends()
    {
        var (output, error, input) = (Console.Out, Console.Error, Console.In);
        var first = ConsoleCapture.Begin();
        var second = ConsoleCapture.Begin();
        first.Dispose();
        first.Dispose();
        Assert.NotSame(output, Console.Out);

        second.Dispose();

        Assert.Same(output, Console.Out);
        Assert.Same(error, Console.Error);
        Assert.Same(input, Console.In);
    }

    [Fact]
    public void Reading_asks_the_person_line_by_line()
    {
        var record = new CellRecord();
        record.Answers.Enqueue("first");
        record.Answers.Enqueue("xy");
        record.Answers.Enqueue("last");
        using var capture = ConsoleCapture.Begin();
        var read = new List<string?>();

        record.Run(() =>
        {
            read.Add(Console.ReadLine());
            read.Add(((char)Console.Read()).ToString());
            read.Add(Console.ReadLine());
            read.Add(Console.In.ReadToEnd());
        });

        Assert.Equal(["first", "x", "y", "last\n"], read);
    }

    [Fact]
    public void A_front_end_without_input_says_so_in_the_cell()
    {
        var record = new CellRecord();
        using var capture = ConsoleCapture.Begin();

        var failure = Assert.Throws<CdeException>(() => record.Run(() => Console.ReadLine()));

        Assert.Equal("the front end takes no input", failure.Message);
    }

    [Fact]
    public void Cells_of_two_shells_do_not_mix()
    {
        var (left, right) = (new CellRecord(), new CellRecord());
        using var capture = ConsoleCapture.Begin();

        Parallel.Invoke(
            () => left.Run(() => WriteMany("l")),
            () => right.Run(() => WriteMany("r")));

        Assert.Equal(string.Concat(Enumerable.Repeat("l", 2_000)), left.Text);
        Assert.Equal(string.Concat(Enumerable.Repeat("r", 2_000)), right.Text);

        static void WriteMany(string text)
        {
            for (var i = 0; i < 2_000; i++)
                Console.Write(text);
        }
    }

    /// <summary>A thread that no cell started, as a native library's.</summary>
    private static void OutsideCells(Action code)
    {
        var thread = new Thread(() => code());
        thread.UnsafeStart();
        thread.Join();
    }
}
