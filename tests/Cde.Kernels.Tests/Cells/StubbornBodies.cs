using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Cde.Kernels.Cells;

namespace Cde.Kernels.Tests.Cells;

/// <summary>Bodies that never end by themselves and never look at a token.</summary>
internal static partial class StubbornBodies
{
    /// <summary>The bodies, by what they do.</summary>
    public static IReadOnlyDictionary<string, Func<Task<int>>> ByName { get; } = new Dictionary<string, Func<Task<int>>>
    {
        ["loop"] = () =>
        {
            while (true)
                InterruptPoints.Poll();
        },
        ["recursion"] = () =>
        {
            static int Fibonacci(int n)
            {
                InterruptPoints.Enter();
                return n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
            }

            return Task.FromResult(Fibonacci(200));
        },
        ["sleep"] = () =>
        {
            Thread.Sleep(Timeout.Infinite);
            return Task.FromResult(0);
        },
        ["await of a delay"] = async () =>
        {
            await Task.Delay(Timeout.Infinite);
            return 0;
        },
        ["await that leaves the context"] = async () =>
        {
            await Task.Delay(Timeout.Infinite).ConfigureAwait(false);
            return 0;
        },
        ["wait for a task"] = () =>
        {
            Task.Delay(Timeout.Infinite).Wait();
            return Task.FromResult(0);
        },
        ["result of an async method"] = () => Task.FromResult(Forever().Result),
        ["loop after an await"] = async () =>
        {
            await Task.Yield();
            while (true)
                InterruptPoints.PollAsync();
        },
        ["loop after an await that leaves the context"] = async () =>
        {
            await Task.Delay(1).ConfigureAwait(false);
            while (true)
                InterruptPoints.PollAsync();
        },
        ["loop of a task"] = async () =>
        {
            await Task.Run(() =>
            {
                while (true)
                    InterruptPoints.Poll();
            });
            return 0;
        },
        ["sleep after an await"] = async () =>
        {
            await Task.Delay(1);
            Thread.Sleep(Timeout.Infinite);
            return 0;
        },
        ["loop on the pool under a blocked body"] = () => Task.FromResult(SpinAfterAwait().Result),
        ["take from an empty collection"] = () => Task.FromResult(new BlockingCollection<int>().Take()),
        ["lock held by another thread"] = () =>
        {
            var gate = new object();
            using var held = new ManualResetEventSlim();
            new Thread(() =>
            {
                lock (gate)
                {
                    held.Set();
                    Thread.Sleep(Timeout.Infinite);
                }
            })
            { IsBackground = true }.Start();
            held.Wait();
            lock (gate)
                return Task.FromResult(0);
        },
        ["loop that swallows exceptions"] = () =>
        {
            while (true)
            {
                InterruptPoints.Poll();
                try
                {
                    Thread.Sleep(1);
                }
                catch (Exception)
                {
                    // As careless code does.
                }
            }
        },
        ["parallel loop"] = () =>
        {
            Parallel.For(0, int.MaxValue, static _ =>
            {
                while (true)
                    InterruptPoints.Poll();
            });
            return Task.FromResult(0);
        },
        ["asynchronous stream"] = async () =>
        {
            await foreach (var number in Numbers())
                InterruptPoints.PollAsync();
            return 0;
        },
        ["short native calls"] = () =>
        {
            while (true)
            {
                InterruptPoints.Poll();
                _ = Sleep(1_000);
            }
        },
    };

    /// <summary>A native call that nothing stops.</summary>
    [LibraryImport("libc", EntryPoint = "usleep")]
    public static partial int Sleep(uint microseconds);

    private static async Task<int> Forever()
    {
        await Task.Delay(1);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static async Task<int> SpinAfterAwait()
    {
        await Task.Delay(1);
        while (true)
            InterruptPoints.PollAsync();
    }

    private static async IAsyncEnumerable<int> Numbers()
    {
        for (var number = 0; ; number++)
        {
            await Task.Yield();
            yield return number;
        }
    }
}
