using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training;

public sealed class TrainingDomainsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Of_a_folder_of_files_is_a_domain_a_file_with_its_hard_negatives()
    {
        _folder.Write("mix/one.jsonl", """{"query":"q","pos":["a"],"neg":["n","b"]}""" + "\n" + """{"query":"q","pos":["b"]}""" + "\n" + """{"query":"r","pos":["n"],"prompt":"Find: "}""");
        _folder.Write("mix/two.jsonl", """{"query":"q","answer":"c"}""");
        using var dataset = DatasetCatalog.Open(_folder["mix"]);

        var domains = TrainingDomains.Of(dataset);

        Assert.Equal(["one", "two"], domains.Select(domain => domain.Name));
        Assert.Equal(["q", "Find: r"], domains[0].Queries);
        Assert.Equal(["a", "n", "b"], domains[0].Documents);
        Assert.Equal(["0,2", "1"], domains[0].Positives.Select(rows => string.Join(',', rows)));
        Assert.Equal(["1", ""], domains[0].Negatives!.Select(rows => string.Join(',', rows))); // b answers q in another example
        Assert.Null(domains[1].Negatives);
    }

    [Fact]
    public void Of_a_beir_folder_has_the_training_queries_and_every_document()
    {
        _folder.Write("beir/corpus.jsonl", "{\"_id\":\"a\",\"text\":\"one\"}\n{\"_id\":\"b\",\"text\":\"two\",\"title\":\"T\"}\n{\"_id\":\"c\",\"text\":\"three\"}\n");
        _folder.Write("beir/queries.jsonl", "{\"_id\":\"q1\",\"text\":\"first\"}\n{\"_id\":\"q2\",\"text\":\"second\"}\n");
        _folder.Write("beir/qrels/test.tsv", "q1\ta\t1\n");
        _folder.Write("beir/qrels/train.tsv", "q2\tb\t1\n");
        using var dataset = DatasetCatalog.Open(_folder["beir"]);

        var domain = Assert.Single(TrainingDomains.Of(dataset));

        Assert.Equal(("beir", "second"), (domain.Name, domain.Queries.Single()));
        Assert.Equal(["one", "T two", "three"], domain.Documents);
        Assert.Equal([1], domain.Positives.Single());
    }

    [Fact]
    public void Of_a_task_without_a_training_part_is_the_task()
    {
        using var dataset = DatasetCatalog.Open(Path.Combine(TestFolders.Fixtures, "beir-tiny"));

        var domain = Assert.Single(TrainingDomains.Of(dataset));

        Assert.Equal((5, 16), (domain.Queries.Count, domain.Documents.Count));
    }

    [Fact]
    public void Of_documents_with_an_instruction_puts_it_in_front_of_all()
    {
        var corpus = new MemoryCorpus("c", [new Document("x", "alone")]);

        var domain = TrainingDomains.Of("d", corpus, [new TrainingExample("q", ["p"], []) { DocumentInstruction = "Say: " }]);

        Assert.Equal(["Say: alone", "Say: p"], domain.Documents);
    }

    public void Dispose() => _folder.Dispose();
}
