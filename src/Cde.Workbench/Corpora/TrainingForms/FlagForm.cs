namespace Cde.Workbench.Corpora;

/// <summary>FlagEmbedding's form: lists of texts that answer a query and of texts that do not, perhaps with a teacher's scores, a prompt and a type.</summary>
internal sealed class FlagForm() : TrainingForm(
    "flag", "FlagEmbedding's: a query, lists of positives and negatives, perhaps scores, prompt and type",
    """{"query": "who wrote Emma", "pos": ["Emma is a novel by Jane Austen."], "neg": ["Emma is a name."], "prompt": "Find the passage that answers.", "type": "normal"}""")
{
    internal override bool Fits(ExampleRecord record) => record.Columns == 0 && record.Has(ExampleField.First) && record.IsList(ExampleField.Positives);

    internal override TrainingExample Read(ExampleRecord record)
    {
        var positives = record.Texts(ExampleField.Positives, isRequired: true);
        var negatives = record.Texts(ExampleField.Negatives, isRequired: false);
        return new TrainingExample(record.Text(ExampleField.First), positives, negatives)
        {
            PositiveScores = record.Numbers(ExampleField.PositiveScores, positives.Count),
            NegativeScores = record.Numbers(ExampleField.NegativeScores, negatives.Count),
            QueryInstruction = record.OptionalText(ExampleField.Prompt),
            Type = record.OptionalText(ExampleField.Type),
        };
    }
}
