namespace Cde.Workbench.Corpora;

/// <summary>
/// MEDI's form (Su et al. 2023): query, positive and negative, each a text or a list of an instruction and a text, and a task, which is the example's domain.
/// </summary>
internal sealed class MediForm() : TrainingForm(
    "medi", "MEDI's: query, pos and neg with an instruction each, and a task",
    """{"query": ["Represent the question: ", "who wrote Emma"], "pos": ["Represent the passage: ", "Emma is a novel by Jane Austen."], "neg": ["Represent the passage: ", "Emma is a name."], "task_name": "nq"}""")
{
    private static readonly ExampleField Query = new(0, "query"), Positive = new(0, "pos"), Negative = new(0, "neg");

    internal override bool Fits(ExampleRecord record) =>
        record.Columns == 0 && record.Has(Query) && record.Has(Positive) && (record.IsList(Query) || record.Has(ExampleField.Task));

    internal override TrainingExample Read(ExampleRecord record)
    {
        var (queryInstruction, query) = Part(record, Query);
        var (documentInstruction, positive) = Part(record, Positive);
        return new TrainingExample(query, [positive], record.Has(Negative) ? [Part(record, Negative).Text] : [], record.OptionalText(ExampleField.Task) ?? "")
        {
            QueryInstruction = queryInstruction,
            DocumentInstruction = documentInstruction,
        };
    }

    private static (string? Instruction, string Text) Part(ExampleRecord record, ExampleField field)
    {
        if (!record.IsList(field))
            return (null, record.Text(field));
        var texts = record.Texts(field, isRequired: true);
        return texts.Count switch
        {
            1 => (null, texts[0]),
            2 => (texts[0], texts[1]),
            var count => throw record.Refuse($"field \"{field.Names[0]}\" is a list of {count} (expected an instruction and a text)"),
        };
    }
}
