using System.Text.Json;
using Cde.Kernels.Tests.Shell;
using Cde.Workbench.Corpora;
using Cde.Workbench.Search;

namespace Cde.Kernels.Tests.Commands.Search;

public class SearchTests(TinyWorkspace workspace)
{
    private string Corpus => $"--corpus {TinyWorkspace.CorpusPath}";

    private string Model => $"{Corpus} --model {workspace.Model}";

    [Theory]
    [InlineData("--query-id q1")]
    [InlineData("\"why does the sea rise and fall\"")]
    public async Task Relevant_documents_are_marked_and_missed_ones_stand_at_their_true_rank(string query)
    {
        var result = Result(await Run($"search {query} {Model} --top 1 --json"));

        Assert.Equal("q1", result.GetProperty("queryId").GetString());
        var task = BeirFolder.Open(TinyWorkspace.CorpusPath);
        var gold = task.Qrels["q1"];
        var whole = Result(await Run($"search \"why does the sea rise and fall \" {Model} --top 1000 --json")).GetProperty("hits").EnumerateArray()
            .ToDictionary(hit => hit.GetProperty("id").GetString()!, hit => hit.GetProperty("rank").GetInt32());
        Assert.Equal(task.Corpus.Count, whole.Count);
        var shown = result.GetProperty("hits").EnumerateArray().Concat(result.GetProperty("missed").EnumerateArray()).ToDictionary(hit => hit.GetProperty("id").GetString()!);
        Assert.All(gold.Where(grade => grade.Value > 0), grade =>
        {
            Assert.Equal(grade.Value, shown[grade.Key].GetProperty("grade").GetInt32());
            Assert.Equal(whole[grade.Key], shown[grade.Key].GetProperty("rank").GetInt32());
        });
        Assert.All(result.GetProperty("missed").EnumerateArray(), hit => Assert.True(hit.GetProperty("rank").GetInt32() > 1));
    }

    [Fact]
    public async Task A_relevant_document_without_a_word_of_the_query_has_no_rank_in_bm25()
    {
        var result = Result(await Run($"search violin {Corpus} --query-id q2 --method bm25 --json"));

        var missed = result.GetProperty("missed").EnumerateArray().ToList();
        Assert.Contains(missed, hit => hit.GetProperty("id").GetString() == "bread" && !hit.TryGetProperty("rank", out _));
        Assert.Contains("★2 missed", (await Run($"search violin {Corpus} --query-id q2 --method bm25")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_the_query_are_marked_by_their_places()
    {
        var hit = Result(await Run($"search \"MOON sea\" {Corpus} --method bm25 --top 1 --json")).GetProperty("hits")[0];

        var text = hit.GetProperty("text").GetString()!;
        Assert.Equal(
            ["moon", "sea"],
            hit.GetProperty("matches").EnumerateArray().Select(match => text.Substring(match.GetProperty("start").GetInt32(), match.GetProperty("length").GetInt32())));
        Assert.Contains("[moon]", (await Run($"search \"MOON sea\" {Corpus} --method bm25 --top 1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hybrid_is_the_fusion_of_both_lists()
    {
        var (dense, words, hybrid) = (await ListOf("dense"), await ListOf("bm25"), await ListOf("hybrid"));

        Assert.Equal(ReciprocalRankFusion.Fuse([dense, words])["q"].Take(16), hybrid["q"]);

        async Task<RankedRun> ListOf(string method) => new RankedRun(method).Add(
            "q",
            [.. Result(await Run($"search \"the sea and the moon\" {Model} --method {method} --top 16 --json")).GetProperty("hits").EnumerateArray()
                .Select(hit => new ScoredDocument(hit.GetProperty("id").GetString()!, hit.GetProperty("score").GetDouble()))]);
    }

    [Fact]
    public async Task Weight_0_leaves_the_order_of_the_embeddings()
    {
        var dense = await Ids("--method dense");

        Assert.Equal(dense, (await Ids("--method hybrid --word-weight 0")).Take(dense.Count));

        async Task<List<string?>> Ids(string options) =>
            [.. Result(await Run($"search \"the sea\" {Model} --top 16 --json {options}")).GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("id").GetString())];
    }

    [Fact]
    public async Task Two_searches_stand_side_by_side_each_with_its_provenance()
    {
        var line = $"search --query-id q1 {Model} --top 3 --against-context none";
        var result = Result(await Run($"{line} --json"));

        var against = result.GetProperty("against");
        Assert.Equal(3, against.GetProperty("hits").GetArrayLength());
        Assert.Matches("^[0-9a-f]{64}$", against.GetProperty("provenance").GetProperty("contextHash").GetString());
        var alone = Result(await Run($"search --query-id q1 {Model} --top 3 --context none --json"));
        Assert.True(JsonElement.DeepEquals(alone.GetProperty("hits"), against.GetProperty("hits")));
        var text = (await Run(line)).Output;
        Assert.Contains("A: tiny, own context", text, StringComparison.Ordinal);
        Assert.Contains("B: tiny, no context", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--against-method bm25", "bm25")]
    [InlineData("--against-method hybrid", "hybrid")]
    public async Task The_other_side_may_use_another_method(string options, string expected) =>
        Assert.Equal(expected, Result(await Run($"search moon {Model} {options} --json")).GetProperty("against").GetProperty("method").GetString());

    [Fact]
    public async Task Html_is_escaped_and_marks_words()
    {
        var path = Path.Combine(workspace.Folder, "hits.html");
        await Run($"search \"<script>moon\" {Corpus} --method bm25 --out {path}");

        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains("<mark>moon</mark>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;moon", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search --query-id q99", 1, "has no query \"q99\"")]
    [InlineData("search \" \"", 2, "QUERY is missing")]
    [InlineData("search moon --method hibrid", 2, "did you mean hybrid?")]
    [InlineData("search moon --rrf-k -1", 2, "out of range (at least 0)")]
    public async Task Wrong_options_are_named(string line, int exitCode, string expected)
    {
        var run = await Run($"{line} {Corpus}");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_is_said() => Assert.Equal("nothing found\n", (await Run($"search zzz {Corpus} --method bm25")).Output);

    [Fact]
    public async Task Evaluate_scores_the_fused_run()
    {
        var path = Path.Combine(workspace.Folder, "hybrid.run");
        var run = await Run($"evaluate {Model} --method hybrid --depth 5 --save-run {path} --json");

        Assert.StartsWith("rrf k=60 of tiny, own context + bm25", Result(run).GetProperty("run").GetString(), StringComparison.Ordinal);
        Assert.All(RunFile.Read(path).Values, list => Assert.InRange(list.Count, 1, 5));
    }

    /// <summary>Runs a line whose texts in quotes are one word each.</summary>
    private static Task<ShellRun> Run(string line) => ShellRun.Of(
        [.. line.Split('"').SelectMany((part, index) => index % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))], TestContext.Current.CancellationToken);

    private static JsonElement Result(ShellRun run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement.GetProperty("result");
    }
}
