using Cde.Kernels.Testing;

namespace Cde.Kernels.Tests.Testing;

public sealed class TestTallyTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"cde-tally-{Environment.ProcessId}.trx");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Outcomes_are_counted_with_their_reasons()
    {
        var tally = Read(mustHaveData: false);

        Assert.Equal(1, tally.Passed);
        Assert.Equal(["Breaks: Assert.Equal() Failure"], tally.Failures);
        Assert.Equal(3, tally.Skips.Count);
    }

    [Fact]
    public void A_skip_for_want_of_data_fails_where_the_data_should_be()
    {
        var tally = Read(mustHaveData: true);

        Assert.Equal(1, tally.Passed);
        Assert.Equal(3, tally.Failures.Count);
        Assert.Equal(["NeedsDevice: needs a GPU, which this machine does not have"], tally.Skips);
    }

    [Fact]
    public void A_run_that_left_no_file_counts_nothing()
    {
        var tally = TestTally.Read(_file + ".absent", mustHaveData: true);

        Assert.Equal((0, 0, 0), (tally.Passed, tally.Failures.Count, tally.Skips.Count));
    }

    private TestTally Read(bool mustHaveData)
    {
        File.WriteAllText(_file,
            """
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
            <UnitTestResult testName="Works" outcome="Passed"/>
            <UnitTestResult testName="Breaks" outcome="Failed"><Output><ErrorInfo><Message>Assert.Equal() Failure
            Expected: 1</Message></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testName="NeedsData" outcome="NotExecuted"><Output><ErrorInfo><Message>needs data/trec, which this machine does not have</Message></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testName="NeedsCase" outcome="NotExecuted"><Output><ErrorInfo><Message>golden case case01 is not in /x</Message></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testName="NeedsDevice" outcome="NotExecuted"><Output><ErrorInfo><Message>needs a GPU, which this machine does not have</Message></ErrorInfo></Output></UnitTestResult>
            </Results></TestRun>
            """);
        return TestTally.Read(_file, mustHaveData);
    }
}
