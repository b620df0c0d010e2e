using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class TaskInstructionsTests
{
    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData("cde-small-v1", TaskKind.Retrieval, "search_query: ", "search_document: ")]
    [InlineData("cde-small-v2", TaskKind.Sts, "classification: ", "classification: ")]
    [InlineData("nomic-embed-text-v1.5", TaskKind.Clustering, "clustering: ", "clustering: ")]
    [InlineData("bge-small-en-v1.5", TaskKind.Retrieval, "Represent this sentence for searching relevant passages: ", "")]
    [InlineData("bge-small-en-v1.5", TaskKind.Reranking, "", "")]
    [InlineData("bge-base-zh-v1.5", TaskKind.Reranking, "为这个句子生成表示以用于检索相关文章：", "")]
    [InlineData("bge-base-zh-v1.5", TaskKind.Sts, "", "")]
    [InlineData("multilingual-e5-small", TaskKind.Retrieval, "query: ", "passage: ")]
    [InlineData("all-MiniLM-L6-v2", TaskKind.Retrieval, "", "")]
    public void A_family_wants_its_instruction_for_each_kind(string model, TaskKind kind, string query, string document)
    {
        var found = TaskInstructions.For(model, None, new TaskInfo("task", kind, "path"));
        Assert.Equal((query, document), (found.Query, found.Document));
    }

    [Fact]
    public void Questions_against_questions_have_the_same_instruction()
    {
        var found = TaskInstructions.For("cde-small-v1", None, new TaskInfo("quora", TaskKind.Retrieval, "path") { PublishedName = "QuoraRetrieval" });
        Assert.Equal(("search_query: ", "search_query: "), (found.Query, found.Document));
    }

    [Fact]
    public void A_model_of_no_family_gets_its_own_prompts()
    {
        var prompts = new Dictionary<string, string> { ["query"] = "q: ", ["document"] = "d: ", ["Clustering"] = "c: " };
        Assert.Equal(["q: d: ", "d: d: ", "c: c: "], ((TaskKind[])[TaskKind.Retrieval, TaskKind.Sts, TaskKind.Clustering])
            .Select(kind => TaskInstructions.For("mine", prompts, new TaskInfo("task", kind, "path"))).Select(found => found.Query + found.Document));
    }
}
