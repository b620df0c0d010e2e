using Cde.Kernels.Commands;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Figures;
using static TorchSharp.torch;

namespace Cde.Kernels.Tests.Displays.Describing;

public class WorkbenchDisplayTests
{
    private static readonly MemoryCorpus Corpus = new("mine", [new Document("d1", "text <one>", "A title"), new Document("d2", "text two")]);

    [Fact]
    public void A_corpus_tells_its_identity_and_first_documents()
    {
        var text = Formatter.Format(Corpus)[MimeBundle.PlainText];

        Assert.StartsWith($"Corpus mine, 2 documents, {Corpus.Hash[..16]}\n#  id  title    text        characters\n", text, StringComparison.Ordinal);
        Assert.Contains("0  d1  A title  text <one>          10", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_tells_what_it_was_made_of()
    {
        using var matrix = EmbeddingMatrix.FromRows(["d1", "d2"], [0.6f, 0.8f, 1, 0], 2, new EmbeddingProvenance
        {
            ModelName = "cde-mini",
            ModelHash = "m",
            CorpusName = "mine",
            CorpusHash = "c",
            Prompt = "document",
            PromptText = "",
            Precision = "float32",
            ComputePath = "cpu",
            MaxTokens = 64,
        });

        var text = Formatter.Format(matrix)[MimeBundle.PlainText];

        Assert.StartsWith("EmbeddingMatrix 2 x 2: mine by cde-mini, prompt \"document\", float32\n#  id       0       1\n", text, StringComparison.Ordinal);
        Assert.Contains("0  d1  0.6000  0.8000", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_and_its_scores_are_tables()
    {
        var run = new RankedRun("bm25").Add("q1", [new ScoredDocument("d1", 2.5), new ScoredDocument("d2", 1)]).Add("q2", []);
        var result = Evaluator.Evaluate(run, new Qrels().Add("q1", "d1", 1));

        Assert.Contains("q1             2  d1    2.5000", run.ToDisplayString(), StringComparison.Ordinal);
        Assert.Matches(@"measure +mean +95% from +to\n─+\nnDCG@10 +1\.000", result.ToDisplayString());
        Assert.Contains("means over 1 of 1 judged queries", result.ToDisplayString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_is_a_tree_of_its_parts() => Assert.Equal(
        $"RetrievalTask\n  Corpus: Corpus mine, 2 documents, {Corpus.Hash[..16]}\n  Queries:\n    #  Id  Text\n    ───────────────\n    0  q1  what?\n  Qrels: Qrels: 0 judgements of 0 queries",
        System.Text.RegularExpressions.Regex.Replace(new RetrievalTask("t", Corpus, [new Query("q1", "what?")], new Qrels()).ToDisplayString(), "─+", new string('─', 15)));

    [Fact]
    public void Results_of_commands_are_their_view_and_figures_are_drawn()
    {
        var figure = new BarChart { Title = "Scores", ValueLabel = "nDCG", Categories = ["a"], Series = [new BarSeries("s", [1.0])] };

        Assert.StartsWith("<div class=\"cde\">", Formatter.Format(new Made())[MimeBundle.Html], StringComparison.Ordinal);
        Assert.Equal("Heads\na paragraph", Formatter.Format(new Made())[MimeBundle.PlainText]);
        Assert.Contains("<figure><div class=\"cde-fig\">", Formatter.Format(figure)[MimeBundle.Html], StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_tells_shape_type_device_and_a_corner_of_its_values()
    {
        var before = Tensor.TotalCount;
        using (var values = arange(12, dtype: ScalarType.Float32).reshape(3, 4))
        {
            var text = Formatter.Format(values)[MimeBundle.PlainText];
            Assert.StartsWith("Tensor 3 x 4, Float32, cpu\nsmallest 0, mean 5.5, largest 11\n#  0  1   2   3\n", text, StringComparison.Ordinal);
            Assert.EndsWith("2  8  9  10  11", text, StringComparison.Ordinal);
            Assert.Equal("[Tensor 3 x 4, Float32, cpu]", new[] { values }.ToDisplayString());
        }

        Assert.InRange(Tensor.TotalCount - before, 0, 1);
    }

    [Fact]
    public void Tensors_of_any_kind_are_survived()
    {
        using var scope = NewDisposeScope();
        var disposed = zeros(2);
        disposed.Dispose();

        Assert.Equal("disposed tensor", disposed.ToDisplayString());
        Assert.Equal("Tensor scalar, Int64, cpu: 7", tensor(7L).ToDisplayString());
        Assert.Equal("Tensor 0 x 3, Float32, cpu", zeros(0, 3).ToDisplayString());
        Assert.Contains("values at [0, 0, 0..3, 0..4]", arange(120).reshape(2, 5, 3, 4).ToDisplayString(), StringComparison.Ordinal);
        Assert.Contains("2 not finite", tensor([1f, float.NaN, float.PositiveInfinity]).ToDisplayString(), StringComparison.Ordinal);
        Assert.Contains("1", tensor([true, false]).ToDisplayString(), StringComparison.Ordinal);
        Assert.Contains("with gradient", ones([2], requires_grad: true).ToDisplayString(), StringComparison.Ordinal);
    }

    private sealed record Made : CommandResult
    {
        public override View Describe() => new(new Heading("Heads"), new Paragraph("a paragraph"));
    }
}
