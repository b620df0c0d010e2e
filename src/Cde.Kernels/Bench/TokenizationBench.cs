using System.Diagnostics;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Text;

namespace Cde.Kernels.Bench;

/// <summary>Measures the WordPiece tokenizer with a vocabulary trained on the texts themselves.</summary>
/// <param name="MegabytesPerSecond">UTF-8 megabytes (10^6 bytes) a second on one core, median.</param>
/// <param name="TokensPerSecond">Tokens a second on one core, median.</param>
/// <param name="AllCores">Megabytes a second on all cores.</param>
/// <param name="Documents">Texts tokenised.</param>
/// <param name="Megabytes">Their size.</param>
/// <param name="Vocabulary">Pieces of the vocabulary.</param>
public sealed record TokenizationRate(double MegabytesPerSecond, double TokensPerSecond, double AllCores, int Documents, double Megabytes, int Vocabulary);

/// <summary>Runs it on the <c>dotnet-api</c> corpus, whose token lengths are also the bench's natural lengths.</summary>
internal static class TokenizationBench
{
    private const int VocabularySize = 8000;

    /// <summary>Documents' texts, an even sample of the corpus; null where this machine has no reference packs.</summary>
    public static IReadOnlyList<string>? Texts(int count, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        try
        {
            var corpus = DotNetApi.Load(progress: progress, ct: cancellation).Corpus;
            var taken = Math.Min(count, corpus.Count);
            return [.. Enumerable.Range(0, taken).Select(i => corpus[(int)((long)i * corpus.Count / taken)].FullText)];
        }
        catch (CdeException)
        {
            return null;
        }
    }

    /// <summary>A tokenizer trained on the texts.</summary>
    public static WordPieceTokenizer Train(IReadOnlyList<string> texts, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("cde-bench-").FullName;
        try
        {
            WordPieceTrainer.Train(texts, new WordPieceTrainerOptions { VocabularySize = VocabularySize }, progress, cancellation).Save(folder);
            return WordPieceTokenizer.FromFolder(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Measures it.</summary>
    public static TokenizationRate Measure(WordPieceTokenizer tokenizer, IReadOnlyList<string> texts, int runs, CancellationToken cancellation)
    {
        var megabytes = texts.Sum(text => System.Text.Encoding.UTF8.GetByteCount(text)) / 1e6;
        var (one, all) = (new List<double>(), new List<double>());
        var tokens = 0L;
        for (var run = -1; run < runs; run++)
        {
            var seconds = Seconds(threads: 1);
            var seconds2 = Seconds(threads: 0);
            if (run < 0)
                continue; // warms up
            one.Add(seconds);
            all.Add(seconds2);
        }

        var median = new Timings(one).Median;
        return new TokenizationRate(megabytes / median, tokens / median, megabytes / new Timings(all).Median, texts.Count, megabytes, tokenizer.VocabularySize);

        double Seconds(int threads)
        {
            var started = Stopwatch.GetTimestamp();
            tokens = tokenizer.Encode(texts, new TokenizeOptions { Threads = threads, MaxTokens = 512 }, cancellation).TotalTokens;
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }
}
