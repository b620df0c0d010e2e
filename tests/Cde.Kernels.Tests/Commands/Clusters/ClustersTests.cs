using System.Text.Json;
using Cde.Kernels.Tests.Shell;

namespace Cde.Kernels.Tests.Commands;

public class ClustersTests(TinyWorkspace workspace)
{
    private string Line => $"clusters --corpus {TinyWorkspace.CorpusPath} --model {workspace.Model} --quiet";

    [Fact]
    public async Task Every_document_is_in_one_of_as_many_clusters_as_asked_for()
    {
        using var document = JsonDocument.Parse((await ShellRun.Of(Line + " --count 3 --json")).Output);

        var result = document.RootElement.GetProperty("result");
        Assert.Equal(16, result.GetProperty("labels").GetArrayLength());
        Assert.All(result.GetProperty("labels").EnumerateArray(), label => Assert.InRange(label.GetInt32(), 0, 2));
        Assert.Equal(16, result.GetProperty("clusters").EnumerateArray().Sum(cluster => cluster.GetProperty("size").GetInt32()));
        Assert.All(result.GetProperty("clusters").EnumerateArray(), cluster => Assert.InRange(cluster.GetProperty("words").GetArrayLength(), 1, 5));
    }

    [Fact]
    public async Task Word_search_in_place_of_a_model_is_refused_with_what_clusters_by_words()
    {
        var run = await ShellRun.Of($"clusters --corpus {TinyWorkspace.CorpusPath} --model bm25 --quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("model \"bm25\" is word search, which makes no vectors", run.Error, StringComparison.Ordinal);
        Assert.Contains("--cluster-by bm25 (batches) and clusters.model=bm25 (train)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_and_page_show_the_clusters_and_what_is_left_out()
    {
        var text = (await ShellRun.Of(Line + " --show 2")).Output;
        var page = Path.Combine(workspace.Folder, "clusters.html");
        await ShellRun.Of(Line + $" --show 2 --out {page}");

        Assert.Contains("16 documents of beir-tiny in 4 clusters by k-means, mean silhouette", text, StringComparison.Ordinal); // the square root of 16
        Assert.Contains("2 more; --show 4 shows all", text, StringComparison.Ordinal);
        Assert.Contains("nearest to the centre", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Centres_are_compared_in_an_order_that_puts_like_beside_like()
    {
        using var document = JsonDocument.Parse((await ShellRun.Of(Line + " --count 4 --json")).Output);
        var result = document.RootElement.GetProperty("result");
        var centres = result.GetProperty("centres");
        var cosines = centres.GetProperty("cosines").EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray()).ToArray();

        Assert.Equal(result.GetProperty("clusters")[0].GetProperty("cluster").GetInt32(), centres.GetProperty("clusters")[0].GetInt32());
        Assert.Equal(4, centres.GetProperty("clusters").EnumerateArray().Select(cluster => cluster.GetInt32()).Distinct().Count());
        for (var row = 0; row < 4; row++)
        {
            Assert.Equal(1, cosines[row][row]);
            Assert.All(Enumerable.Range(0, 4), column => Assert.Equal(cosines[column][row], cosines[row][column], 1e-6));
            Assert.All(Enumerable.Range(row + 1, 3 - row), later => Assert.True(cosines[row][row == 3 ? 3 : row + 1] >= cosines[row][later] - 1e-6));
        }

        Assert.Contains("Centres of the clusters of beir-tiny", (await ShellRun.Of(Line)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Density_says_how_many_documents_are_in_no_cluster()
    {
        var run = await ShellRun.Of(Line + " --method density --min-size 2");

        Assert.Matches(@"16 documents of beir-tiny in \d+ clusters by density, \d+ in none", run.Output);
    }

    [Fact]
    public async Task More_clusters_than_documents_are_refused()
    {
        var run = await ShellRun.Of(Line + " --count 17");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--count 17: beir-tiny has 16 documents", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merging_leaves_as_many_clusters_as_asked_for()
    {
        using var document = JsonDocument.Parse((await ShellRun.Of(Line + " --method agglomerative --count 3 --examples 2 --json")).Output);

        var clusters = document.RootElement.GetProperty("result").GetProperty("clusters").EnumerateArray().ToList();
        Assert.Equal(3, clusters.Count);
        Assert.Equal(16, clusters.Sum(cluster => cluster.GetProperty("size").GetInt32()));
        Assert.All(clusters, cluster => Assert.Equal(2, cluster.GetProperty("nearestClusters").GetArrayLength()));
        Assert.All(clusters, cluster => Assert.Equal(Math.Min(2, cluster.GetProperty("size").GetInt32()), cluster.GetProperty("representatives").GetArrayLength()));
        Assert.All(clusters, cluster => Assert.Equal(Math.Clamp(cluster.GetProperty("size").GetInt32() - 2, 0, 2), cluster.GetProperty("outliers").GetArrayLength())); // no document is both
    }

    [Fact]
    public async Task Clusters_are_compared_with_a_field_of_the_documents()
    {
        var file = Path.Combine(workspace.Folder, "kinds.csv");
        await File.WriteAllLinesAsync(file, ["id,text,kind", "1,a red fox,animal", "2,a blue bird,animal", "3,an oak tree,plant", "4,a pine tree,plant", "5,nobody knows,"], TestContext.Current.CancellationToken);

        var run = await ShellRun.Of($"clusters --corpus {file} --model {workspace.Model} --count 5 --field kind --quiet");

        // One document a cluster: each holds one kind alone, and no kind is together.
        Assert.Contains("against the 2 values of \"kind\": V-measure 0.667 (homogeneity 1.000, completeness 0.500), adjusted Rand index 0.000; left out, without it: 1", run.Output, StringComparison.Ordinal);
    }
}
