using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>
/// In how many documents of a minicorpus each vocabulary id occurs: what a context tells about the words of a corpus without taking any
/// position in front of a text. Encoders see it as buckets of the share of documents (see <see cref="Buckets"/>).
/// </summary>
public sealed class ContextStatistics
{
    /// <summary>How many buckets there are, the one for "nothing known" included.</summary>
    public const int BucketCount = 13;

    /// <summary>The bucket of every id where nothing is known of the corpus.</summary>
    public const int Unknown = BucketCount - 1;

    /// <summary>The number of documents that counts are scaled to before they are put into buckets, so that a bucket means a share. The published context size.</summary>
    public const int Scale = 512;

    private readonly int[] _documentCounts;

    /// <summary>Takes over the counts.</summary>
    /// <param name="documentCounts">For each vocabulary id, how many documents hold it.</param>
    /// <param name="documents">How many documents were counted; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no documents, or a count is negative or above their number.</exception>
    public ContextStatistics(int[] documentCounts, int documents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(documents, 1);
        foreach (var count in documentCounts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(documentCounts));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, documents, nameof(documentCounts));
        }

        (_documentCounts, Documents) = (documentCounts, documents);
    }

    /// <summary>For each vocabulary id, how many documents hold it.</summary>
    public ReadOnlyMemory<int> DocumentCounts => _documentCounts;

    /// <summary>How many documents were counted.</summary>
    public int Documents { get; }

    /// <summary>Counts tokenised documents.</summary>
    /// <param name="tokens">The documents.</param>
    /// <param name="rows">Which of them; one that is named twice counts once.</param>
    /// <param name="vocabularySize">V: how many ids there are.</param>
    public static ContextStatistics Of(TokenBatch tokens, IEnumerable<int> rows, int vocabularySize)
    {
        var counter = new ContextStatisticsCounter(vocabularySize);
        foreach (var row in rows.Distinct())
            counter.Add(tokens[row]);
        return counter.ToStatistics();
    }

    /// <summary>
    /// The bucket of a count: 0 for ids that no document holds, then 1 + floor(log2(count * 512 / documents)), a share of one document in 512 or
    /// less being 1 and of all documents 10.
    /// </summary>
    public static int Bucket(int count, int documents) =>
        count == 0 ? 0 : 1 + (int)Math.Floor(Math.Log2(Math.Max(1, (double)count * Scale / documents)));

    /// <summary>The bucket of each vocabulary id, (V) int64; the caller's.</summary>
    public Tensor Buckets(Device device) =>
        tensor(Array.ConvertAll(_documentCounts, count => (long)Bucket(count, Documents)), [_documentCounts.Length], device: device);

    /// <summary>The buckets of a vocabulary of which nothing is known, (V) int64; the caller's.</summary>
    public static Tensor UnknownBuckets(int vocabularySize, Device device) => full([vocabularySize], Unknown, dtype: ScalarType.Int64, device: device);
}
