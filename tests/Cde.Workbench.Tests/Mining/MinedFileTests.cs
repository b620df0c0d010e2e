using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Mining;
using static Cde.Workbench.Tests.Mining.MiningCases;

namespace Cde.Workbench.Tests.Mining;

public sealed class MinedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(MinedForm.Flag, 2, "flag")]
    [InlineData(MinedForm.Triplet, 5, "triplet")] // 2 positives x 2 negatives, and 1 x 1
    [InlineData(MinedForm.NTuple, 2, "n-tuple")] // the query with one negative is left out
    [InlineData(MinedForm.LabelledPair, 6, "scored-pair")]
    [InlineData(MinedForm.LabelledList, 3, "list-wise")]
    public void Write_makes_lines_that_are_read_again(MinedForm form, int lines, string readAs)
    {
        var data = Data(6, [0, 1], [2]);
        var mined = new HardNegativeMiner(data, new MiningOptions { Count = 2, RangeEnd = 4 }).Mine(
            [Found((0, .9), (3, .8), (4, .7)), Found((2, .9), (5, .2))], [[.9, .5], [.9]], cancellationToken: TestContext.Current.CancellationToken);

        var count = MinedFile.Write(_folder["mined.jsonl"], mined, form);

        Assert.Equal(lines, count);
        var read = TrainingFile.Read(_folder["mined.jsonl"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(readAs, read.Form.Name);
        Assert.Equal(lines, read.Examples.Count);
        Assert.Equal("q0", read.Examples[0].Query);
    }

    [Fact]
    public void The_flag_form_keeps_scores_and_instruction()
    {
        var data = MiningData.Of([new("ask", ["yes"], ["no", "never"]) { QueryInstruction = "Say: ", Type = "normal" }]);
        var mined = new HardNegativeMiner(data, new MiningOptions { Count = 2 }).Mine([Found((0, .9), (1, .5), (2, .4))], [[.9]], cancellationToken: TestContext.Current.CancellationToken);

        MinedFile.Write(_folder["mined.jsonl"], mined, MinedForm.Flag);

        var example = Assert.Single(TrainingFile.Read(_folder["mined.jsonl"], cancellationToken: TestContext.Current.CancellationToken).Examples);
        Assert.Equal(["no", "never"], example.Negatives);
        Assert.Equal([.9], example.PositiveScores);
        Assert.Equal([.5, .4], example.NegativeScores);
        Assert.Equal("Say: ", example.QueryInstruction);
        Assert.Equal("normal", example.Type);
    }

    public void Dispose() => _folder.Dispose();
}
