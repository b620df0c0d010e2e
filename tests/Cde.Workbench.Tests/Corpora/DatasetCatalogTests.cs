using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public sealed class DatasetCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_card_of_the_repository_reads_and_names_itself_after_its_file()
    {
        var folder = Path.Combine(TestFolders.Repository, "datasets");
        Assert.Equal(
            Directory.GetFiles(folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            DatasetCatalog.List(folder).Select(card => card.Name));
        Assert.Contains(DatasetCatalog.List(), card => card.Name == "almanac");
    }

    [Fact]
    public void Dotnet_api_is_known_without_a_checkout() =>
        Assert.Equal(DotNetApi.Name, Assert.Single(DatasetCatalog.List(folder: null)).Name);

    [Fact]
    public void Almanac_opens_whole_and_every_judged_document_exists()
    {
        using var dataset = DatasetCatalog.Open("almanac");
        var task = dataset.Task();
        Assert.Equal((72, 40), (task.Corpus.Count, task.Queries.Count));
        Assert.Equal(dataset.Card.Hash, dataset.Hash);
        Assert.Equal([""], dataset.Domains);
        Assert.All(task.Queries, query => Assert.All(task.Qrels[query.Id].Keys, id => Assert.NotEqual(-1, task.Corpus.IndexOf(id))));
        Assert.Empty(dataset.TrainingExamples());
    }

    [Fact]
    public void Messages_and_cards_say_a_path_as_it_was_given()
    {
        var path = Path.GetRelativePath(Environment.CurrentDirectory, _folder.Write("twice.jsonl", "{\"_id\": \"a\", \"text\": \"one\"}\n{\"_id\": \"a\", \"text\": \"two\"}\n"));
        using var dataset = DatasetCatalog.Open(path);

        Assert.Equal(("twice", path), (dataset.Name, dataset.Card.Source));
        Assert.StartsWith($"{path} lines 1 and 2: ", Assert.Throws<CdeException>(() => dataset.Corpus()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dotnet_api_opens_with_its_domains_and_keeps_training_off_the_held_out_ones()
    {
        using var dataset = DatasetCatalog.Open("dotnet-api");
        Assert.Equal(DotNetApi.HeldOut.Order(), dataset.HeldOutDomains.Order());
        Assert.Equal("dotnet-api/System.Net.Mail", dataset.Task("System.Net.Mail").Name);
        Assert.NotEmpty(dataset.TrainingExamples("System.Console"));
        var failure = Assert.Throws<CdeException>(() => dataset.TrainingExamples("System.Net.Mail"));
        Assert.Equal("dotnet-api: System.Net.Mail is held out for testing; train on another domain", failure.Message);
        Assert.Contains("did you mean System.Net.Mail", Assert.Throws<CdeException>(() => dataset.Corpus("System.Net.Mali")).Message);
    }

    [Fact]
    public void One_assembly_opens_by_name()
    {
        using var dataset = DatasetCatalog.Open("dotnet-api/System.Net.Mail");
        Assert.Equal(["System.Net.Mail"], dataset.Domains);
        Assert.Equal("dotnet-api/System.Net.Mail", dataset.Corpus().Name);
        Assert.Equal(dataset.Corpus().Hash, dataset.Hash);
        Assert.Contains("System.Net.Mail is held out for testing", Assert.Throws<CdeException>(() => dataset.TrainingExamples()).Message);
        Assert.Contains("did you mean", Assert.Throws<CdeException>(() => DatasetCatalog.Open("dotnet-api/System.Net.Mial")).Message);
    }

    [Theory]
    [InlineData("almanach", "almanach is neither a dataset nor a file; did you mean almanac?")]
    [InlineData("dotnetapi", "dotnetapi is neither a dataset nor a file; did you mean dotnet-api?")]
    [InlineData("System.Text.Jsonn", "System.Text.Jsonn is neither a dataset nor a file; did you mean dotnet-api/System.Text.Json")]
    [InlineData("no/such/folder", "no/such/folder does not exist; known: almanac, dotnet-api")]
    public void Unknown_name_offers_the_nearest(string name, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<CdeException>(() => DatasetCatalog.Open(name)).Message);

    [Fact]
    public void Paths_open_by_their_form()
    {
        _folder.Write("beir/corpus.jsonl", "{\"_id\":\"a\",\"text\":\"one\"}\n{\"_id\":\"b\",\"text\":\"two\"}\n");
        _folder.Write("beir/queries.jsonl", "{\"_id\":\"q1\",\"text\":\"first\"}\n{\"_id\":\"q2\",\"text\":\"second\"}\n");
        _folder.Write("beir/qrels/test.tsv", "q1\ta\t1\n");
        _folder.Write("beir/qrels/train.tsv", "q2\tb\t1\nq2\ta\t0\n");
        using var beir = DatasetCatalog.Open(_folder["beir"] + "/");
        Assert.Equal("beir", beir.Name);
        Assert.Equal(["q1"], beir.Task().Queries.Select(query => query.Id));
        var example = Assert.Single(beir.TrainingExamples());
        Assert.Equal(("second", "two"), (example.Query, Assert.Single(example.Positives)));

        using var jsonl = DatasetCatalog.Open(_folder["beir", "corpus.jsonl"]);
        Assert.Equal(beir.Hash, jsonl.Hash);
        Assert.Contains("corpus has documents alone", Assert.Throws<CdeException>(() => jsonl.Task()).Message);

        using var csv = DatasetCatalog.Open(_folder.Write("c.tsv", "a\tone\nb\ttwo\n"));
        Assert.Equal(beir.Hash, csv.Hash);
    }

    [Fact]
    public void Paths_of_no_known_form_are_told()
    {
        Assert.Contains("has no corpus.jsonl", Assert.Throws<CdeException>(() => DatasetCatalog.Open(_folder.Path)).Message);
        Assert.Contains("not .pdf", Assert.Throws<CdeException>(() => DatasetCatalog.Open(_folder.Write("a.pdf", "x"))).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Changed_data_and_absent_data_are_told_by_the_card()
    {
        _folder.Write("cards/c.jsonl", "{\"_id\":\"a\",\"text\":\"one\"}\n");
        _folder.Write("cards/one.json", Card("one", "\"path\":\"c.jsonl\",\"hash\":\"0000000000000000ffff\""));
        _folder.Write("cards/two.json", Card("two", "\"path\":\"gone.jsonl\",\"url\":\"https://example.org/two\""));
        var cards = DatasetCatalog.List(_folder["cards"]);
        Assert.Contains("its card says 0000000000000000;", Failure("one"));
        Assert.EndsWith("fetch it from https://example.org/two", Failure("two"));

        string Failure(string name) => Assert.Throws<CdeException>(() => DatasetCatalog.Open(name, cards, EmptyTexts.Refuse, null)).Message;
    }

    [Theory]
    [InlineData("{}", "missing required")]
    [InlineData("{", "is not a dataset card")]
    [InlineData("null", "is empty; expected a dataset card")]
    public void Damaged_card_is_told_by_file(string json, string expected)
    {
        var path = _folder.Write("cards/bad.json", json);
        var failure = Assert.Throws<CdeException>(() => DatasetCatalog.List(_folder["cards"]));
        Assert.StartsWith(path, failure.Message);
        Assert.Contains(expected, failure.Message);
    }

    [Fact]
    public void Card_with_an_unknown_field_or_a_taken_name_is_told()
    {
        _folder.Write("cards/a.json", Card("same", "\"path\":\"x\""));
        _folder.Write("cards/b.json", Card("same", "\"path\":\"x\""));
        Assert.Contains("the dataset name same is taken", Assert.Throws<CdeException>(() => DatasetCatalog.List(_folder["cards"])).Message);
        _folder.Write("cards/a.json", Card("same", "\"colour\":\"red\""));
        Assert.Contains("colour", Assert.Throws<CdeException>(() => DatasetCatalog.List(_folder["cards"])).Message);
    }

    private static string Card(string name, string more) =>
        $$"""{"name":"{{name}}","title":"T","what":"W","licence":"MIT","source":"S","form":"jsonl",{{more}}}""";
}
