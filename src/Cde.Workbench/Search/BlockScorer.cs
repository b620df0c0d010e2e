using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Search;

/// <summary>Offers the documents of one block to the list of every query.</summary>
internal sealed class BlockScorer(EmbeddingMatrix queries, TopList[] lists, ExactSearchOptions options, CancellationToken cancellationToken)
{
    private const int FewQueries = 16; // below it, copying a block for the multiplication costs more than it saves
    private const long SmallProduct = 1L << 24; // multiplications of a search that are done before libtorch would be loaded
    private const int Tile = 128; // documents: 192 KiB at width 384
    private const int Stride = 64; // scores passed over at once where none reaches the bar
    private const int MostScores = 1 << 26; // of a thread
    private const double SmallestNorm = 1e-12;
    private const double RoundOff = 1.0 / (1 << 24); // half the distance from 1 to the next float32

    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancellationToken };
    private readonly double[] _queryScales = Scales(queries, 0, queries.Count, options.Similarity);
    private float[] _documents = [];

    /// <summary>Scores documents <paramref name="start"/> and on.</summary>
    public void Score(EmbeddingMatrix part, int start, int count)
    {
        var scales = Scales(part, start, count, options.Similarity);
        if (queries.Count < FewQueries || (long)queries.Count * part.Count * queries.Dimension < SmallProduct)
        {
            OneByOne(part, start, scales);
            return;
        }

        var reach = Fill(ref _documents, part, start, count, scales);
        using var documents = new PackedRows(_documents.AsSpan(0, count * part.Dimension), part.Dimension);
        Multiply(part, start, count, scales, documents, reach);
    }

    /// <summary>Scores every pair exactly, a tile of documents at a time, so that all queries meet it in the processor's cache.</summary>
    private void OneByOne(EmbeddingMatrix part, int start, double[] scales) => InParallel(Math.Min(_parallel.MaxDegreeOfParallelism, queries.Count), share =>
    {
        var shares = Math.Min(_parallel.MaxDegreeOfParallelism, queries.Count);
        var (from, to) = ((int)((long)queries.Count * share / shares), (int)((long)queries.Count * (share + 1) / shares));
        for (var tile = 0; tile < scales.Length; tile += Tile)
        {
            var rows = part.Rows(start + tile, Math.Min(Tile, scales.Length - tile));
            for (var query = from; query < to; query++)
            {
                var vector = queries[query];
                for (var i = 0; i < rows.Length / vector.Length; i++)
                    Offer(part, start + tile + i, query, ExactDot.Of(vector, rows.Slice(i * vector.Length, vector.Length)), scales[tile + i]);
            }
        }
    });

    /// <summary>Every thread takes the next few queries, multiplies them by the block and passes over their scores while these are in its cache.</summary>
    private void Multiply(EmbeddingMatrix part, int start, int count, double[] scales, PackedRows documents, double reach)
    {
        var size = Math.Max(1, Math.Min(Math.Min(options.QueryBlock, queries.Count), MostScores / documents.Stride));
        var (width, groups, next) = (queries.Dimension, (queries.Count + size - 1) / size, -1);
        var threads = Math.Min(groups, documents.Threads(_parallel.MaxDegreeOfParallelism));
        InParallel(threads, _ =>
        {
            var (vectors, scores) = (ArrayPool<float>.Shared.Rent(size * width), ArrayPool<float>.Shared.Rent(size * documents.Stride));
            for (int group; (group = Interlocked.Increment(ref next)) < groups;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var first = group * size;
                var some = Math.Min(size, queries.Count - first);
                Fill(ref vectors, queries, first, some, _queryScales.AsSpan(first));
                documents.Products(vectors.AsSpan(0, some * width), scores); // (Q, d) -> (Q, N)
                for (var i = 0; i < some; i++)
                {
                    var norm = TensorPrimitives.Norm<float>(vectors.AsSpan(i * width, width));
                    var slack = (float)((width + 8) * 1.01 * RoundOff * norm * reach) + (width * 1.2e-38f);
                    Pick(part, start, first + i, scores.AsSpan(i * documents.Stride, count), scales, slack);
                }
            }

            ArrayPool<float>.Shared.Return(vectors);
            ArrayPool<float>.Shared.Return(scores);
        });
    }

    /// <summary>Scores again, exactly, what comes near enough to the bar.</summary>
    private void Pick(EmbeddingMatrix part, int start, int query, ReadOnlySpan<float> scores, double[] scales, float slack)
    {
        for (var first = 0; first < scores.Length; first += Stride)
        {
            var stride = scores.Slice(first, Math.Min(Stride, scores.Length - first));
            if (IsBelow(stride, lists[query].Bar - slack - slack))
                continue;
            for (var i = 0; i < stride.Length; i++)
            {
                if (!(stride[i] + slack < lists[query].Bar)) // NaN goes on, and is refused by name
                    Offer(part, start + first + i, query, ExactDot.Of(queries[query], part[start + first + i]), scales[first + i]);
            }
        }
    }

    // A second slack covers the rounding of the bar itself. NaN is not below.
    private static bool IsBelow(ReadOnlySpan<float> scores, float bar)
    {
        if (scores.Length < Stride)
            return false;
        var (bars, isBelow) = (Vector256.Create(bar), true);
        for (var i = 0; i < Stride; i += Vector256<float>.Count)
            isBelow &= Vector256.LessThanAll(Vector256.Create(scores[i..]), bars);
        return isBelow;
    }

    private void Offer(EmbeddingMatrix part, int row, int query, double product, double scale)
    {
        var score = (float)(product * (_queryScales[query] * scale));
        if (float.IsNaN(score))
        {
            throw new CdeException(
                $"the score of document \"{part.Ids[row]}\" for query \"{queries.Ids[query]}\" is not a number: one of the vectors holds NaN or infinity; embed again");
        }

        lists[query].Offer(score, row, part);
    }

    private void InParallel(int count, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, _parallel, work);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    /// <summary>Copies rows, scaled.</summary>
    /// <returns>The largest norm of a copied row.</returns>
    private static double Fill(ref float[] buffer, EmbeddingMatrix matrix, int start, int count, ReadOnlySpan<double> scales)
    {
        var width = matrix.Dimension;
        if (buffer.Length < count * width)
            buffer = new float[count * width];
        var largest = 0.0;
        for (var i = 0; i < count; i++)
        {
            var target = buffer.AsSpan(i * width, width);
            if (scales[i] == 1)
                matrix[start + i].CopyTo(target);
            else
                TensorPrimitives.Multiply(matrix[start + i], (float)scales[i], target);
            largest = Math.Max(largest, TensorPrimitives.Norm<float>(target));
        }

        return largest;
    }

    /// <summary>What each row's products are multiplied by: 1, or for cosines the inverse of its norm.</summary>
    private static double[] Scales(EmbeddingMatrix matrix, int start, int count, Similarity similarity)
    {
        var scales = new double[count];
        for (var i = 0; i < count; i++)
        {
            var row = matrix[start + i];
            scales[i] = similarity == Similarity.Cosine ? 1 / Math.Max(Math.Sqrt(ExactDot.Of(row, row)), SmallestNorm) : 1;
        }

        return scales;
    }
}
