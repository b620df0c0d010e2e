using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>The instructions of one data set.</summary>
/// <param name="Query">In front of queries; null for none.</param>
/// <param name="Document">In front of documents; null for none.</param>
public sealed record Instructions(string? Query = null, string? Document = null);

/// <summary>
/// Instructions by data set: a JSON file <c>instructions.json</c> such as <c>{"nq": {"query": "Given a question, retrieve passages: ", "document": null}}</c>. The name
/// <c>*</c> stands for all that are not named.
/// </summary>
public sealed class InstructionTable
{
    /// <summary>The name of the file in a folder of training data.</summary>
    public const string FileName = "instructions.json";

    private const string Others = "*";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private readonly IReadOnlyDictionary<string, Instructions> _entries;

    /// <summary>A table.</summary>
    /// <param name="entries">By the names of data sets.</param>
    public InstructionTable(IReadOnlyDictionary<string, Instructions> entries) => _entries = entries;

    /// <summary>A table without entries.</summary>
    public static InstructionTable Empty { get; } = new(new Dictionary<string, Instructions>());

    /// <summary>The instructions of a data set; none of either kind where the table says nothing.</summary>
    public Instructions this[string dataSet] => _entries.GetValueOrDefault(dataSet) ?? _entries.GetValueOrDefault(Others) ?? new Instructions();

    /// <summary>Reads a table.</summary>
    /// <exception cref="CdeException">The file is absent or not such a table.</exception>
    public static InstructionTable Read(string path)
    {
        try
        {
            return new InstructionTable(JsonSerializer.Deserialize<Dictionary<string, Instructions>>(File.ReadAllBytes(path), Options) ?? []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }
        catch (JsonException failure)
        {
            throw new CdeException(
                $"{path} is not a table of instructions, {{\"data set\": {{\"query\": \"...\", \"document\": \"...\"}}}}: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    /// <summary>An example with the instructions of its domain where it brings none of its own.</summary>
    public TrainingExample Apply(TrainingExample example)
    {
        var instructions = this[example.Domain];
        return example with
        {
            QueryInstruction = example.QueryInstruction ?? instructions.Query,
            DocumentInstruction = example.DocumentInstruction ?? instructions.Document,
        };
    }
}
