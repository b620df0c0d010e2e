using System.Text;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Zoo;

namespace Cde.Workbench.Tests.Models.Zoo;

/// <summary>Every entry says what a user needs, and a wrong one is named.</summary>
public class KnownModelsFileTests
{
    private const string Entry =
        """{"name": "tiny", "repository": "owner/tiny", "family": "bert", "kind": "embedding", "what": "a model", "architecture": "bert", "dimensions": 32, "pooling": "cls", "normalized": true, "maxTokens": 64, "prompts": {"query": "q: "}, "matryoshka": [8], "licence": "MIT"}""";

    [Theory]
    [InlineData("jxm/cde-small-v1", "jxm/cde-small-v2")]
    [InlineData("BAAI/bge-small-en", "BAAI/bge-base-en", "BAAI/bge-large-en", "BAAI/bge-small-en-v1.5", "BAAI/bge-base-en-v1.5", "BAAI/bge-large-en-v1.5")]
    [InlineData("BAAI/bge-small-zh", "BAAI/bge-base-zh", "BAAI/bge-large-zh", "BAAI/bge-large-zh-noinstruct", "BAAI/bge-small-zh-v1.5", "BAAI/bge-base-zh-v1.5", "BAAI/bge-large-zh-v1.5")]
    [InlineData("avsolatorio/GIST-small-Embedding-v0", "avsolatorio/GIST-Embedding-v0", "avsolatorio/GIST-large-Embedding-v0", "avsolatorio/GIST-all-MiniLM-L6-v2")]
    [InlineData("Snowflake/snowflake-arctic-embed-m", "Snowflake/snowflake-arctic-embed-m-v1.5", "PaDaS-Lab/arctic-m-bge-small")]
    [InlineData("moka-ai/m3e-small", "moka-ai/m3e-base", "moka-ai/m3e-large", "intfloat/e5-small-v2", "thenlper/gte-small", "sentence-transformers/all-MiniLM-L6-v2")]
    [InlineData("nomic-ai/nomic-embed-text-v1", "nomic-ai/nomic-embed-text-v2-moe", "sentence-transformers/paraphrase-multilingual-mpnet-base-v2", "intfloat/multilingual-e5-base", "sentence-transformers/gtr-t5-base")]
    [InlineData("intfloat/e5-mistral-7b-instruct", "Qwen/Qwen3-Embedding-0.6B", "BAAI/bge-reranker-base", "BAAI/bge-reranker-large", "Alibaba-NLP/gte-reranker-modernbert-base")]
    public void List_modelsOfTheFiveSystemsAndTheirKin_areKnownByRepository(params string[] repositories) =>
        Assert.All(repositories, repository => Assert.Equal(repository, KnownModels.Card(repository).Repository));

    [Fact]
    public void List_everyEntry_saysHowTheModelIsUsed() => Assert.All(KnownModels.List, card =>
    {
        Assert.Equal(card.Kind is ModelKind.Reranker or ModelKind.MultiVector, card.Pooling is null);
        Assert.Equal(card.Name == "cde-mini", card.Repository is null);
        Assert.Equal(card.Repository?.Split('/')[1] ?? card.Name, card.Name);
        Assert.All(card.Prompts.Keys, name => Assert.Contains(name, new[] { "query", "document", "sts", "classification", "clustering" }));
    });

    [Fact]
    public void Find_repositoryInAnotherCase_isTheSameModel() =>
        Assert.Equal("snowflake-arctic-embed-m", KnownModels.Find("snowflake/snowflake-arctic-embed-m")?.Name);

    [Fact]
    public void Parse_entry_isReadFieldByField()
    {
        var card = Assert.Single(Parse(Entry));

        Assert.Equal(("tiny", "owner/tiny", "bert", ModelKind.Embedding, 32, PoolingModes.Cls, true, 64, "MIT"), (
            card.Name, card.Repository, card.Family, card.Kind, card.Dimension, card.Pooling, card.IsNormalized, card.MaxTokens, card.Licence));
        Assert.Equal("q: ", card.Prompts["query"]);
        Assert.Equal([8], card.Matryoshka);
        Assert.Null(card.Revision);
    }

    [Theory]
    [InlineData("\"dimensions\": 32, ", "", "models[0] (\"tiny\"): \"dimensions\" is missing (expected a whole number)")]
    [InlineData("\"dimensions\": 32", "\"dimensions\": \"32\"", "\"dimensions\" is \"32\", expected a whole number from 1")]
    [InlineData("\"pooling\": \"cls\"", "\"pooling\": \"first\"", "\"pooling\" is \"first\", expected cls, max, mean")]
    [InlineData("\"kind\": \"embedding\"", "\"kind\": \"encoder\"", "\"kind\" is \"encoder\", expected embedding, contextual")]
    [InlineData("\"licence\": \"MIT\"", "\"license\": \"MIT\"", "\"license\" is no field of such an entry; did you mean licence?")]
    [InlineData("\"licence\": \"MIT\"", "\"revision\": \"main\"", "\"revision\" is \"main\", expected a commit of 40 hexadecimal digits")]
    [InlineData("\"q: \"", "7", "\"prompts.query\" is 7, expected a text")]
    [InlineData("[8]", "[64]", "\"matryoshka\" has a width that is not below \"dimensions\", 32")]
    [InlineData("\"owner/tiny\"", "\"tiny\"", "\"repository\" is \"tiny\", expected owner/name")]
    [InlineData("\"normalized\": true", "\"normalized\": \"yes\"", "\"normalized\" is \"yes\", expected true or false")]
    [InlineData("\"name\": \"tiny\"", "\"nome\": \"tiny\"", "models[0]: \"name\" is missing (expected a text)")]
    public void Parse_wrongField_isNamedWithItsEntry(string text, string by, string expected)
    {
        Assert.Contains(text, Entry, StringComparison.Ordinal);

        var error = Assert.Throws<CdeException>(() => Parse(Entry.Replace(text, by, StringComparison.Ordinal)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("zoo.json: models[0]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_nameTwice_isRefused() => Assert.Contains("occurs twice", Assert.Throws<CdeException>(() => Parse($"{Entry}, {Entry}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{", "not valid JSON at line 1")]
    [InlineData("[]", "expected an object with the list \"models\"")]
    [InlineData("{\"models\": [3]}", "models[0] is Number, expected an object")]
    public void Parse_anotherForm_isRefused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<CdeException>(() => KnownModelsFile.Parse("zoo.json", Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    private static IReadOnlyList<ModelCard> Parse(string entries) => KnownModelsFile.Parse("zoo.json", Encoding.UTF8.GetBytes($$"""{"models": [{{entries}}]}"""));
}
