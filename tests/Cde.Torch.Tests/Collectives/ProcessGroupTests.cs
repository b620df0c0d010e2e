using System.Net;
using System.Net.Sockets;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Collectives;

/// <summary>Every rank is a thread here: c10d does not mind, and what a rank got can be compared at once.</summary>
public sealed class ProcessGroupTests
{
    [Fact]
    public void Sums_are_of_all_ranks_and_the_same_bits_everywhere()
    {
        var sums = Ranks(3, group =>
        {
            using var values = randn(4097, dtype: ScalarType.Float32, generator: new Generator((ulong)(10 + group.Rank)));
            group.AllReduce(values);
            return values.data<float>().ToArray();
        });
        using var scope = NewDisposeScope();
        var expected = Enumerable.Range(0, 3).Select(rank => randn(4097, dtype: ScalarType.Float32, generator: new Generator((ulong)(10 + rank)))).Aggregate((a, b) => a + b);
        Assert.Equal(sums[0], sums[1]);
        Assert.Equal(sums[0], sums[2]);
        Assert.True(expected.allclose(tensor(sums[0]), 1e-5, 1e-6));
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    public void Every_type_is_summed_in_place_also_where_the_memory_is_strided(ScalarType type)
    {
        var sums = Ranks(2, group =>
        {
            using var scope = NewDisposeScope();
            var whole = arange(12, dtype: ScalarType.Float32).reshape(3, 4).to(type);
            var column = whole.t()[group.Rank + 1]; // every fourth value
            group.AllReduce(column);
            return whole.to(ScalarType.Float32).data<float>().ToArray();
        });
        Assert.Equal([0, 3, 2, 3, 4, 11, 6, 7, 8, 19, 10, 11], sums[0]); // column 1 of rank 0 plus column 2 of rank 1
        Assert.Equal([0, 1, 3, 3, 4, 5, 11, 7, 8, 9, 19, 11], sums[1]);
    }

    [Fact]
    public void Gathered_rows_stand_in_the_order_of_the_ranks_whatever_their_counts()
    {
        var rows = Ranks(3, group =>
        {
            using var scope = NewDisposeScope();
            var own = full([group.Rank == 1 ? 0 : group.Rank + 1, 2], group.Rank, dtype: ScalarType.Float32);
            var asked = group.AllGather(own);
            var told = group.AllGather(own.to(ScalarType.BFloat16), [1, 0, 3]);
            Assert.Equal(ScalarType.BFloat16, told.dtype);
            Assert.Equal(asked.data<float>().ToArray(), told.to(ScalarType.Float32).data<float>().ToArray());
            return asked.data<float>().ToArray();
        });
        Assert.All(rows, values => Assert.Equal([0, 0, 2, 2, 2, 2, 2, 2], values));
    }

    [Fact]
    public void Broadcast_gives_everyone_the_roots_values()
    {
        var got = Ranks(3, group =>
        {
            using var values = full(5, group.Rank, dtype: ScalarType.Float32);
            group.Broadcast(values, 2);
            using var marks = full(3, group.Rank == 0, dtype: ScalarType.Bool);
            group.Broadcast(marks);
            return (values.data<float>().ToArray(), marks.data<bool>().ToArray());
        });
        Assert.All(got, values => Assert.Equal([2, 2, 2, 2, 2], values.Item1));
        Assert.All(got, values => Assert.Equal([true, true, true], values.Item2));
    }

    [Fact]
    public void Collectives_leave_no_tensor_behind()
    {
        Ranks(2, group =>
        {
            group.Barrier();
            using var values = ones(8);
            group.AllReduce(values);
            group.AllGather(values).Dispose();
            group.Barrier();
            return 0;
        });
        Assert.Equal(0, LiveTensors.LeftBy(() => Ranks(2, group =>
        {
            using var values = ones(8, 3);
            for (var i = 0; i < 20; i++)
            {
                group.AllReduce(values);
                group.AllGather(values).Dispose();
                group.Broadcast(values);
            }

            return 0;
        })));
    }

    [Fact]
    public void One_process_alone_needs_nobody()
    {
        var alone = Ranks(1, group =>
        {
            using var values = arange(3, dtype: ScalarType.Float32);
            group.AllReduce(values);
            using var rows = group.AllGather(values);
            group.Barrier();
            return rows.data<float>().ToArray();
        });
        Assert.Equal([0, 1, 2], alone[0]);
    }

    [Fact]
    public void A_rank_that_does_not_come_is_named()
    {
        var options = Options(0, 3, FreePort()) with { JoinTimeout = TimeSpan.FromSeconds(1) };
        var error = Assert.Throws<CollectiveException>(() => ProcessGroup.Join(options));
        Assert.Equal([1, 2], error.LostRanks);
        Assert.Contains("ranks 1, 2 of 3 did not come", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_rank_0_is_named()
    {
        var options = Options(1, 2, FreePort()) with { JoinTimeout = TimeSpan.FromSeconds(1) };
        var error = Assert.Throws<CollectiveException>(() => ProcessGroup.Join(options));
        Assert.Contains("nobody answers at 127.0.0.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_in_use_is_told()
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        var error = Assert.Throws<CollectiveException>(() => ProcessGroup.Join(Options(0, 2, ((IPEndPoint)listener.LocalEndpoint).Port)));
        Assert.Contains("the port is in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Joining_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        Assert.ThrowsAny<OperationCanceledException>(() => ProcessGroup.Join(Options(1, 2, FreePort()), cancel.Token));
    }

    [Fact]
    public void Who_leaves_for_a_reason_tells_the_others_that_wait()
    {
        var messages = Ranks(3, group =>
        {
            if (group.Rank == 1)
            {
                group.Leave("rank 1: no space left on the disk");
                return "";
            }

            using var values = ones(3);
            var error = Assert.Throws<CollectiveException>(() => group.AllReduce(values));
            group.Leave(error.Message);
            return error.Message;
        }, barrier: false);
        Assert.Equal(["rank 1: no space left on the disk", "", "rank 1: no space left on the disk"], messages);
    }

    /// <summary>Runs a rank a thread; what each returned.</summary>
    private static T[] Ranks<T>(int size, Func<ProcessGroup, T> run, bool barrier = true)
    {
        var (port, results, errors) = (FreePort(), new T[size], new Exception?[size]);
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                using var group = ProcessGroup.Join(Options(rank, size, port));
                results[rank] = run(group);
                if (barrier)
                    group.Barrier();
            }
            catch (Exception error)
            {
                errors[rank] = error;
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return errors.FirstOrDefault(error => error is not null) is { } failed ? throw new AggregateException(failed) : results;
    }

    private static ProcessGroupOptions Options(int rank, int size, int port) => new()
    {
        Rank = rank,
        Size = size,
        Address = "127.0.0.1",
        Port = port,
        JoinTimeout = TimeSpan.FromSeconds(60),
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
