using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora.TrainingForms;

/// <summary>Files of real data sets; skipped where <c>../shared/data</c> is absent. The counts are those of its index.</summary>
public sealed class RealTrainingDataTests
{
    [Theory]
    [InlineData("flagembedding_examples/msmarco.jsonl", "flag", 10)]
    [InlineData("flagembedding_examples/nli.jsonl", "flag", 10)]
    [InlineData("flagembedding_examples/nq.jsonl", "flag", 10)]
    [InlineData("flagembedding_examples/sts.jsonl", "flag", 10)]
    [InlineData("zh_pairs/bge_finetune_data.jsonl", "flag", 2701)]
    [InlineData("zh_pairs/SOHU-dc-test.jsonl", "scored-pair", 500)]
    [InlineData("stsb/stsb-en-train.csv", "scored-pair", 5749)]
    [InlineData("stsb/stsb-zh-dev.csv", "scored-pair", 1500)]
    [InlineData("stsb_zh_shibing624/STS-B.train.data", "scored-pair", 5231)]
    [InlineData("banking77/train.csv", "point", 10_003)]
    public void A_real_file_is_read_in_its_form(string file, string form, int examples)
    {
        var content = TrainingFile.Read(TestFolders.Data(file.Split('/')));

        Assert.Equal((form, examples, 0L), (content.Form.Name, content.Examples.Count, content.Skipped));
        Assert.All(content.Examples, example => Assert.Equal(form == "point", example.Positives.Count == 0));
    }

    [Fact]
    public void Prompts_and_scores_of_a_real_file_are_kept()
    {
        var nli = TrainingFile.Read(TestFolders.Data("flagembedding_examples", "nli.jsonl")).Examples[0];

        Assert.Equal(("Retrieve semantically similar text.", "only_1neg"), (nli.QueryInstruction, nli.Type));
        Assert.Equal([98.1875], nli.PositiveScores!);
        Assert.Equal([82.25], nli.NegativeScores!);
    }
}
