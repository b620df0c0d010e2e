using System.Text.Json;
using Cde.Kernels.Commands;
using Cde.Kernels.Hosting;
using Cde.Kernels.Tests.Shell;

namespace Cde.Kernels.Tests.Commands;

public class MapTests(TinyWorkspace workspace)
{
    private string Line => $"map --corpus {TinyWorkspace.CorpusPath} --model {workspace.Model} --quiet";

    [Theory]
    [InlineData("umap")]
    [InlineData("t-sne")]
    [InlineData("pca")]
    public async Task Every_document_and_query_has_a_place_and_the_map_its_quality(string method)
    {
        using var document = JsonDocument.Parse((await ShellRun.Of(Line + $" --method {method} --queries --clusters 3 --json")).Output);

        var result = document.RootElement.GetProperty("result");
        Assert.Equal(16, result.GetProperty("documents").GetArrayLength());
        Assert.Equal(5, result.GetProperty("queries").GetArrayLength());
        Assert.Equal(3, result.GetProperty("groupNames").GetArrayLength());
        Assert.All(result.GetProperty("documents").EnumerateArray(), entry => Assert.InRange(entry.GetProperty("group").GetInt32(), 0, 2));
        Assert.Equal(21, result.GetProperty("documents").EnumerateArray().Concat(result.GetProperty("queries").EnumerateArray())
            .Select(entry => (entry.GetProperty("x").GetSingle(), entry.GetProperty("y").GetSingle())).Distinct().Count());
        var quality = result.GetProperty("quality");
        Assert.Equal(10, quality.GetProperty("neighbours").GetInt32()); // fewer than half of 21 points
        Assert.InRange(quality.GetProperty("trustworthiness").GetDouble(), 0, 1);
        Assert.InRange(quality.GetProperty("overlap").GetDouble(), 0, 1);
        Assert.Equal(method == "pca", result.TryGetProperty("explainedVariance", out _));
    }

    [Fact]
    public async Task The_same_line_gives_the_same_map_and_another_seed_another()
    {
        var first = await Places(" --seed 3");

        Assert.Equal(first, await Places(" --seed 3"));
        Assert.NotEqual(first, await Places(" --seed 4"));

        async Task<string> Places(string more)
        {
            using var document = JsonDocument.Parse((await ShellRun.Of(Line + " --context none --json" + more)).Output);
            return document.RootElement.GetProperty("result").GetProperty("documents").GetRawText();
        }
    }

    [Fact]
    public async Task Text_and_page_show_the_map_and_how_far_it_can_be_believed()
    {
        var text = (await ShellRun.Of(Line + " --method pca")).Output;
        var page = Path.Combine(workspace.Folder, "map.html");
        await ShellRun.Of(Line + $" --queries --out {page}");

        Assert.Matches(@"16 documents of beir-tiny by principal components: trustworthiness 0\.\d{3}, continuity 0\.\d{3}, 0\.\d{3} of the 7 nearest neighbours kept; the axes explain \d", text);
        var html = await File.ReadAllTextAsync(page);
        Assert.Contains("16 documents and 5 queries of beir-tiny by UMAP (15 neighbours, minimum distance 0.1, cosine)", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_groups_documents_have_none()
    {
        using var document = JsonDocument.Parse((await ShellRun.Of(Line + " --color-by none --json")).Output);

        var result = document.RootElement.GetProperty("result");
        Assert.Equal(0, result.GetProperty("groupNames").GetArrayLength());
        Assert.All(result.GetProperty("documents").EnumerateArray(), entry => Assert.False(entry.TryGetProperty("group", out _)));
    }

    [Theory]
    [InlineData("--clusters 17", "--clusters 17: beir-tiny has 16 documents; ask for that many clusters at most")]
    [InlineData("--neighbours 17", "UMAP: neighbourhoods of 17 points, there are 16 in all; ask for 16 neighbours at most")]
    [InlineData("--method t-sne --perplexity 6", "t-SNE: perplexity 6 is too large for 16 points, of each of which three times as many neighbours are looked at; ask for 5 at most")]
    [InlineData("--color-by domain", "--color-by domain: beir-tiny has one domain; colour by cluster, or give a corpus of several")]
    public async Task What_the_corpus_is_too_small_for_is_refused(string options, string reason)
    {
        var run = await ShellRun.Of(Line + " " + options);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corpus_of_one_document_is_refused()
    {
        var file = Path.Combine(workspace.Folder, "one.jsonl");
        await File.WriteAllTextAsync(file, "{\"id\":\"a\",\"text\":\"the moon\"}\n");

        var run = await ShellRun.Of($"map --corpus {file} --model {workspace.PlainModel} --quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("a map needs 3 vectors at least, there is 1; give a larger corpus", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corpus_of_three_documents_is_mapped()
    {
        var file = Path.Combine(workspace.Folder, "three.jsonl");
        await File.WriteAllTextAsync(file, "{\"id\":\"a\",\"text\":\"the moon\"}\n{\"id\":\"b\",\"text\":\"a river\"}\n{\"id\":\"c\",\"text\":\"some bread\"}\n");

        var run = await ShellRun.Of($"map --corpus {file} --model {workspace.PlainModel} --quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("3 documents of three", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Domains_are_those_of_the_documents_own_assemblies()
    {
        using var session = new Session(NoDisplay.Instance);
        var dataset = session.Dataset("dotnet-api");
        var corpus = session.Corpus("dotnet-api");

        var groups = MapGroups.ByDomain(session, "dotnet-api", corpus);

        Assert.Equal(corpus.Count, groups.Labels.Count);
        Assert.DoesNotContain(-1, groups.Labels);
        Assert.Equal(dataset.Domains, groups.Names);
        var mail = dataset.Domains.ToList().IndexOf("System.Net.Mail");
        Assert.Equal(dataset.Corpus("System.Net.Mail").Count, groups.Labels.Count(label => label == mail));
        Assert.Equal(mail, groups.Labels[corpus.IndexOf("T:System.Net.Mail.MailAddress")]);
    }
}
