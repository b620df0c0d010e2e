using Cde.Workbench.Text;
using Cde.Workbench.Training.BatchSamplers;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Training.BatchSamplers;

public sealed class DistinctBatchesTests
{
    private static Arbitrary<(int Rows, int Texts, int Batch, int Seed)> Problems =>
        (from rows in Gen.Choose(1, 200)
         from texts in Gen.Choose(1, 60)
         from batch in Gen.Choose(1, 30)
         from seed in Gen.Choose(0, 1_000_000)
         select (rows, texts, batch, seed)).ToArbitrary();

    [Fact]
    public void No_text_is_twice_in_a_batch_and_no_row_is_lost() => Prop.ForAll(Problems, problem =>
    {
        var random = new SeededRandom(problem.Seed);
        var texts = Enumerable.Range(0, problem.Rows).Select(_ => new[] { $"q{random.Below(problem.Texts)}", $"d{random.Below(problem.Texts)}" }).ToArray();
        var options = new BatchSamplerOptions { BatchSize = problem.Batch, SmallestBatch = 1, Distinct = RowTexts.Of(texts), Seed = problem.Seed };

        var batches = new RandomBatchSampler(problem.Rows, options).Epoch(0).Batches().ToList();

        Assert.All(batches, batch => Assert.Equal(2 * batch.Length, batch.SelectMany(row => texts[row]).Distinct().Count()));
        Assert.Equal(Enumerable.Range(0, problem.Rows).Select(row => (long)row), batches.SelectMany(batch => batch).Order());
        Assert.All(batches, batch => Assert.InRange(batch.Length, 1, problem.Batch));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_without_texts_in_common_are_cut_as_without_the_filter()
    {
        var options = new BatchSamplerOptions { BatchSize = 7 };
        var texts = RowTexts.Of(Enumerable.Range(0, 50).Select(row => new[] { $"text {row}" }));

        Assert.Equal(
            new RandomBatchSampler(50, options).Epoch(4).Batches(), new RandomBatchSampler(50, options with { Distinct = texts }).Epoch(4).Batches());
    }

    [Theory]
    [InlineData("A  Title\n", "a title")]
    [InlineData("\t\u00a0", "")]
    [InlineData("Cafe\u0301", "caf\u00e9")]
    [InlineData("ÄÖ", "äö")]
    public void Normalize_makes_equal_what_reads_alike(string text, string expected) => Assert.Equal(expected, AlikeText.Of(text));

    [Fact]
    public void Texts_that_differ_in_case_and_blanks_do_not_share_a_batch()
    {
        var texts = RowTexts.Of([["One  text"], ["one text "], ["another"]]);

        var batches = new RandomBatchSampler(3, new BatchSamplerOptions { BatchSize = 3, SmallestBatch = 1, Distinct = texts }).Epoch(0).Batches().ToList();

        Assert.Equal(2, batches.Count);
        Assert.DoesNotContain(batches, batch => batch.Contains(0) && batch.Contains(1));
    }

    [Fact]
    public void Texts_of_other_rows_are_refused()
    {
        var sampler = new RandomBatchSampler(3, new BatchSamplerOptions { BatchSize = 1, Distinct = RowTexts.Of([["a"]]) });

        Assert.Contains("texts of 1 rows", Assert.Throws<CdeException>(() => sampler.Epoch(0)).Message, StringComparison.Ordinal);
    }
}
