using Cde.Testing;
using Cde.Workbench.Corpora;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Corpora;

public sealed class RunFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_written_run_reads_back()
    {
        var lists = ArbMap.Default.ArbFor<NormalFloat[][]>();
        Prop.ForAll(lists, scores =>
        {
            var run = new RankedRun("my-run");
            for (var query = 0; query < scores.Length; query++)
            {
                if (scores[query].Length > 0)
                    run.Add($"q{query}", [.. scores[query].Select((score, rank) => new ScoredDocument($"d{rank}", score.Get))]);
            }

            if (run.Count == 0)
                return;
            RunFile.Write(_folder["run"], run);
            var back = RunFile.Read(_folder["run"]);
            Assert.Equal("my-run", back.Name);
            Assert.Equal(run.Keys, back.Keys);
            foreach (var query in run.Keys)
                Assert.Equal(run[query], back[query]);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("1 Q0 a 1\n", "line 1: 4 columns; expected 6")]
    [InlineData("1 Q0 a 1 x tag\n", "line 1: score \"x\" is not a number")]
    [InlineData("1 Q0 a 1 NaN tag\n", "line 1: score \"NaN\" is not a number")]
    [InlineData("1 Q0 a 1 1e999 tag\n", "line 1: score \"1e999\" is not a number")]
    [InlineData("1 Q0 a 1 2 tag\n2 Q0 a 1 2 tag\n1 Q0 a 2 1 tag\n", "lines 1 and 3: document a occurs twice for query 1")]
    [InlineData("", "has no ranked documents")]
    public void Bad_line_is_told_by_file_line_and_rule(string text, string expected)
    {
        var path = _folder.Write("run.txt", text);
        Assert.StartsWith($"{path} {expected}", Assert.Throws<CdeException>(() => RunFile.Read(path)).Message);
    }

    [Fact]
    public void Id_or_name_with_white_space_is_not_written()
    {
        Assert.Contains("\"my run\"", Assert.Throws<CdeException>(() => RunFile.Write(_folder["r"], new RankedRun("my run").Add("1", [new("a", 1)]))).Message);
        Assert.Contains("\"a b\"", Assert.Throws<CdeException>(() => RunFile.Write(_folder["r"], new RankedRun("run").Add("1", [new("a b", 1)]))).Message);
        Assert.False(File.Exists(_folder["r"]));
    }

    [Theory]
    [InlineData("results.test", 3, 1500)]
    [InlineData("results.trunc", 2, 584)]
    public void Trec_eval_run_is_read_whole(string file, int queries, int documents)
    {
        var run = RunFile.Read(TestFolders.Data("trec_eval_test", file));
        Assert.Equal("STANDARD", run.Name);
        Assert.Equal(queries, run.Count);
        Assert.Equal(documents, run.Values.Sum(list => list.Count));
    }
}
