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

    [Fact]
    public void Of_scored_pairs_keeps_each_row_with_its_score()
    {
        _folder.Write("s.jsonl", """{"sentence1":"a","sentence2":"b","score":4}""" + "\n" + """{"sentence1":"a","sentence2":"c","score":1}""" + "\n");
        using var dataset = DatasetCatalog.OpenTraining(_folder["s.jsonl"]);

        var domain = Assert.Single(TrainingDomains.Of(dataset, new() { Name = "cosent" }));
        var joined = TrainingDomains.Join([domain, domain]);

        Assert.Equal(["a", "a"], domain.Queries);
        Assert.Equal([4, 1], domain.Similarities!);
        Assert.Equal(["b", "c"], domain.Positives.Select(rows => domain.Documents[rows.Single()]));
        Assert.Equal([4, 1, 4, 1], joined.Similarities!);
        Assert.Contains("s has scored pairs, such as \"a\"", Assert.Throws<CdeException>(() => TrainingDomains.Of(dataset)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_texts_with_classes_makes_each_its_own_document()
    {
        _folder.Write("p.jsonl", """{"text":"a","label":"x"}""" + "\n" + """{"text":"b","label":"y"}""" + "\n" + """{"text":"a","label":"y"}""" + "\n");
        using var dataset = DatasetCatalog.OpenTraining(_folder["p.jsonl"]);

        var domain = Assert.Single(TrainingDomains.Of(dataset, new() { Name = "arcface" }));
        var texts = Assert.Single(TrainingDomains.Of(dataset, new() { Name = "simcse" }));
        var refused = Assert.Throws<CdeException>(() => TrainingDomains.Of(dataset));

        Assert.Equal(["x", "y", "y"], domain.Classes!);
        Assert.Equal(["a", "b"], domain.Documents);
        Assert.True(domain.IsSingleTexts && texts.IsSingleTexts);
        Assert.Equal(["a", "b"], texts.Queries);
        Assert.EndsWith("loss simcse takes single texts", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["x", "y", "y"], TrainingDomains.Join([domain]).Classes!);
    }

    [Fact]
    public void Of_teachers_scores_stand_with_their_texts_through_joins()
    {
        _folder.Write("t.jsonl", """{"query":"q","pos":["b","a"],"neg":["n"],"pos_scores":[2,3],"neg_scores":[-1]}""" + "\n" + """{"query":"r","pos":["n"],"pos_scores":[9]}""" + "\n");
        using var dataset = DatasetCatalog.OpenTraining(_folder["t.jsonl"]);

        var domain = Assert.Single(TrainingDomains.Of(dataset, new() { Name = "margin-mse" }));
        var joined = TrainingDomains.Join([domain]);

        Assert.Equal(["2,3", "9"], domain.PositiveScores!.Select(scores => string.Join(',', scores)));
        Assert.Equal(["-1", ""], domain.NegativeScores!.Select(scores => string.Join(',', scores)));
        Assert.Equal(domain.PositiveScores!, joined.PositiveScores!);
        Assert.Equal(domain.NegativeScores!, joined.NegativeScores!);
    }

    [Fact]
    public void Of_documents_alone_are_single_texts_for_simcse()
    {
        _folder.Write("c.jsonl", """{"_id":"1","text":"a"}""" + "\n" + """{"_id":"2","text":"b"}""" + "\n");
        using var dataset = DatasetCatalog.OpenTraining(_folder["c.jsonl"]);

        Assert.Equal(["a", "b"], Assert.Single(TrainingDomains.Of(dataset, new() { Name = "simcse" })).Queries);
        Assert.Contains("has documents alone", Assert.Throws<CdeException>(() => TrainingDomains.Of(dataset)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_file_with_malformed_lines_leaves_them_out_and_counts_them_where_asked()
    {
        _folder.Write("b.jsonl", "{\n" + """{"query":"q","answer":"a"}""" + "\n" + """{"query":"r"}""" + "\n");
        using var dataset = DatasetCatalog.OpenTraining(_folder["b.jsonl"], skipBad: true);

        Assert.Equal(["q"], Assert.Single(TrainingDomains.Of(dataset)).Queries);
        Assert.Equal(2, dataset.SkippedRecords);
        Assert.Contains("b.jsonl line 1", dataset.FirstProblem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_files_with_a_limit_keeps_so_many_lines_of_all_and_no_text_of_the_others()
    {
        foreach (var name in (string[])["one", "two"])
            _folder.Write($"mix/{name}.jsonl", string.Join('\n', Enumerable.Range(0, 20).Select(i => $$"""{"query":"{{name}} q{{i}}","pos":["{{name}} p{{i}}"],"neg":["{{name}} n{{i}}"]}""")));
        using var dataset = DatasetCatalog.Open(_folder["mix"]);

        var domains = TrainingDomains.Of(dataset, limit: new RowLimit(11, 3));

        Assert.Equal(11, domains.Sum(domain => domain.Queries.Count));
        Assert.All(domains, domain => Assert.Equal(domain.Queries.SelectMany(query => (string[])[query.Replace('q', 'p'), query.Replace('q', 'n')]), domain.Documents));
        Assert.Equal(domains.SelectMany(domain => domain.Queries), TrainingDomains.Of(dataset, limit: new RowLimit(11, 3)).SelectMany(domain => domain.Queries));
        Assert.NotEqual(domains.SelectMany(domain => domain.Queries), TrainingDomains.Of(dataset, limit: new RowLimit(11, 4)).SelectMany(domain => domain.Queries));
        Assert.Equal(40, TrainingDomains.Of(dataset, limit: new RowLimit(0, 3)).Sum(domain => domain.Queries.Count));
    }

    [Fact]
    public void Of_a_task_with_a_limit_keeps_its_documents_and_texts_alone_do_not()
    {
        using var dataset = DatasetCatalog.Open(Path.Combine(TestFolders.Fixtures, "beir-tiny"));

        var domain = Assert.Single(TrainingDomains.Of(dataset, limit: new RowLimit(2, 1)));
        var texts = TrainingDomains.OfTexts("texts", dataset.Corpus(), new RowLimit(2, 1));

        Assert.Equal((2, 16), (domain.Queries.Count, domain.Documents.Count));
        Assert.Equal((2, 2), (texts.Queries.Count, texts.Documents.Count));
    }

    public void Dispose() => _folder.Dispose();
}
