using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

/// <summary>The reference packs of the SDK that runs these tests.</summary>
public class DotNetApiRealPacksTests
{
    private static readonly Lazy<DotNetApiDataset> Dataset = new(() => DotNetApi.Load());

    [Fact]
    public void All_ten_held_out_assemblies_are_there_and_no_training_assembly_shares_a_member()
    {
        var heldOut = Dataset.Value.HeldOut;
        Assert.Equal(DotNetApi.HeldOut, heldOut.Select(assembly => assembly.Name));
        var members = heldOut.SelectMany(assembly => assembly.Corpus).Select(document => document.Id).ToHashSet();
        Assert.DoesNotContain(Dataset.Value.Training.SelectMany(assembly => assembly.Corpus), document => members.Contains(document.Id));
    }

    [Fact]
    public void Corpus_has_the_size_that_the_design_names() =>
        // SDK 10.0.401: 84,467 members, 76,705 of them different and with a summary of four words or more.
        Assert.InRange(Dataset.Value.DocumentCount, 70_000, 90_000);

    [Fact]
    public void No_document_holds_a_query_that_it_answers()
    {
        foreach (var assembly in Dataset.Value.HeldOut)
        {
            foreach (var (query, document) in assembly.Pairs)
                Assert.DoesNotContain(query.TrimEnd('.'), document, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Ids_and_query_ids_have_no_white_space_and_every_query_has_an_answer()
    {
        foreach (var task in Dataset.Value.HeldOut.Select(assembly => assembly.Task))
        {
            Assert.DoesNotContain(task.Corpus, document => document.Id.Any(char.IsWhiteSpace));
            Assert.All(task.Queries, query => Assert.NotEmpty(task.Qrels[query.Id]));
            Assert.Equal(task.Corpus.Count, task.Qrels.Count);
            Assert.Equal(CorpusHash.Of(task.Corpus), task.Corpus.Hash);
        }
    }
}
