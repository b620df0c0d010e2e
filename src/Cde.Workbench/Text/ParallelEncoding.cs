using System.Runtime.ExceptionServices;

namespace Cde.Workbench.Text;

/// <summary>Encodes runs of rows on several threads and puts them together in order, so that the number of threads cannot be seen.</summary>
internal static class ParallelEncoding
{
    // Enough work to be worth a task, little enough to keep every core busy to the end: about 3 ms.
    private const int CharactersARun = 1 << 15;

    /// <summary>Encodes rows.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="size">The characters of a row.</param>
    /// <param name="withTypes">Whether type ids are kept.</param>
    /// <param name="rent">Gives an encoder.</param>
    /// <param name="append">Encodes one row.</param>
    /// <param name="giveBack">Takes the encoder back.</param>
    /// <param name="threads">How many threads; 0 takes every core.</param>
    /// <param name="cancellationToken">Stops between runs.</param>
    internal static TokenBatch Run(
        int rows, Func<int, int> size, bool withTypes, Func<ITextEncoder> rent, Action<int, EncodedRows> append,
        Action<ITextEncoder> giveBack, int threads, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var starts = Plan(rows, size);
        var (ids, types) = (new int[starts.Count - 1][], new byte[starts.Count - 1][]);
        var offsets = new int[rows + 1];
        ForEachRun(starts.Count - 1, threads == 0 ? Environment.ProcessorCount : threads, EncodeRun, cancellationToken);
        return Join(ids, withTypes ? types : null, offsets);

        void EncodeRun(int run)
        {
            var encoder = rent();
            encoder.Ids.Truncate(0);
            var output = new EncodedRows(encoder, withTypes);
            for (var row = starts[run]; row < starts[run + 1]; row++)
            {
                var before = encoder.Ids.Count;
                append(row, output);
                offsets[row + 1] = encoder.Ids.Count - before;
            }

            (ids[run], types[run]) = (encoder.Ids.Items.ToArray(), output.Types.ToArray());
            giveBack(encoder);
        }
    }

    private static List<int> Plan(int rows, Func<int, int> size)
    {
        var starts = new List<int> { 0 };
        long characters = 0;
        for (var row = 0; row < rows; row++)
        {
            characters += size(row) + 16;
            if (characters < CharactersARun && row < rows - 1)
                continue;
            starts.Add(row + 1);
            characters = 0;
        }

        return starts;
    }

    private static void ForEachRun(int runs, int threads, Action<int> body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (runs == 1 || threads == 1)
        {
            for (var run = 0; run < runs; run++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(run);
            }

            return;
        }

        try
        {
            Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, body);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    private static TokenBatch Join(int[][] ids, byte[][]? types, int[] offsets)
    {
        for (var row = 1; row < offsets.Length; row++)
            offsets[row] = checked(offsets[row] + offsets[row - 1]);
        var joined = new int[offsets[^1]];
        var joinedTypes = types is null ? null : new byte[offsets[^1]];
        var position = 0;
        for (var run = 0; run < ids.Length; run++)
        {
            ids[run].CopyTo(joined, position);
            types?[run].CopyTo(joinedTypes!, position);
            position += ids[run].Length;
        }

        return new TokenBatch(joined, offsets, joinedTypes);
    }
}
