using Cde.Kernels.Jupyter;

namespace Cde.Kernels.Tests.Jupyter.Output;

public sealed class OutputStackTests
{
    [Fact]
    public async Task Items_of_each_thread_come_out_in_its_order_and_none_is_lost()
    {
        const int threads = 4, count = 20_000;
        var stack = new OutputStack();
        var seen = new List<Numbered>();
        var pushing = Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < count; i++)
                    stack.Push(new Numbered(thread, i));
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        while (!pushing.IsCompleted)
            seen.AddRange(stack.TakeAll().Cast<Numbered>());
        await pushing;
        seen.AddRange(stack.TakeAll().Cast<Numbered>());

        Assert.Equal(threads * count, seen.Count);
        foreach (var thread in seen.GroupBy(item => item.Thread))
            Assert.True(thread.Select(item => item.Number).SequenceEqual(Enumerable.Range(0, count)));
        Assert.Equal(0, stack.Weight);
    }

    [Fact]
    public void Weight_is_that_of_the_waiting_items()
    {
        var stack = new OutputStack();
        var (first, second) = (new Numbered(0, 0), new Numbered(0, 1));
        stack.Push(first);
        stack.Push(second);

        Assert.Equal(first.Weight + second.Weight, stack.Weight);
        Assert.Equal([first, second], stack.TakeAll());
        Assert.Empty(stack.TakeAll());
    }

    private sealed class Numbered(int thread, int number) : OutputItem(10)
    {
        public int Thread => thread;

        public int Number => number;

        public override void Publish(IopubChannel channel)
        {
        }
    }
}
