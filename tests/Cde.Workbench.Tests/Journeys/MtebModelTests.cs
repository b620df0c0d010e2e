using Cde.Workbench.Corpora;
using Cde.Workbench.Journeys;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Tests.Models;

namespace Cde.Workbench.Tests.Journeys;

/// <summary>Queries and documents as benchmarks hand them over (spec ): template, title and text, parts of length 1.</summary>
[Collection(LiveTensors.Name)]
public sealed class MtebModelTests : IDisposable
{
    private readonly TinyModelFolder first = new("case01_bert_tiny", 600);
    private readonly TinyModelFolder second = new("case16b_bert_sequence_classification_tiny", 160);

    public MtebModelTests()
    {
        foreach (var folder in (TinyModelFolder[])[first, second])
            folder.Write("1_Pooling/config.json", """{"pooling_mode_cls_token": true}""");
    }

    private string Name => $"concat:{first.Path}+{second.Path}";

    [Fact]
    public async Task Vectors_are_of_length_root_two_and_a_score_is_the_sum_of_the_parts_cosines()
    {
        using var model = MtebModel.Load(Name, "music : {}");
        using var queries = await model.EncodeQueriesAsync(["river"]);
        using var documents = await model.EncodeCorpusAsync([new Document("d", "tower", "river")]);
        var sum = 0.0;
        foreach (var folder in (TinyModelFolder[])[first, second])
        {
            using var part = FlagModel.Load(folder.Path, "music : ");
            using var query = await part.EncodeQueriesAsync(["river"]);
            using var document = await part.EncodeCorpusAsync(["river tower"]);
            sum += Dot(query[0], document[0]);
        }

        Assert.Equal(Math.Sqrt(2), Math.Sqrt(Dot(queries[0], queries[0])), 1e-5);
        Assert.Equal(sum, Dot(queries[0], documents[0]), 1e-5);
    }

    [Theory]
    [InlineData("river", "tower", "river tower")]
    [InlineData(null, " tower ", "tower")]
    [InlineData("river", "", "river")]
    public async Task Documents_are_title_and_text_without_blanks_around(string? title, string text, string expected)
    {
        using var model = MtebModel.Load(Name);
        using var found = await model.EncodeCorpusAsync([new Document("d", text, title)]);
        using var plain = await model.EncodeCorpusAsync([new Document("d", expected)]);

        Assert.Equal(plain[0].ToArray(), found[0].ToArray());
    }

    [Fact]
    public async Task Queries_stand_in_the_published_template()
    {
        using var model = MtebModel.Load(Name);
        using var query = await model.EncodeQueriesAsync(["river"]);
        using var text = await model.EncodeCorpusAsync([new Document("d", "Represent this sentence for searching relevant passages: river")]);

        Assert.Equal(text[0].ToArray(), query[0].ToArray());
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    private static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += (double)x[i] * y[i];
        return sum;
    }
}
