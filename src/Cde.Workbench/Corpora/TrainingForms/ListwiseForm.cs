namespace Cde.Workbench.Corpora;

/// <summary>A query and a list of texts, each with a grade.</summary>
internal sealed class ListwiseForm() : TrainingForm(
    "list-wise", "a query and texts with grades; those above 0 answer it", """{"query": "a bird", "docs": ["a wren", "a bat"], "labels": [1, 0]}""")
{
    internal override bool Fits(ExampleRecord record) => record.Columns == 0 && record.Has(ExampleField.First) && record.IsList(ExampleField.Documents);

    internal override TrainingExample Read(ExampleRecord record)
    {
        var texts = record.Texts(ExampleField.Documents, isRequired: true);
        var grades = record.Numbers(ExampleField.Grades, texts.Count) ?? throw record.Refuse("field \"labels\" is missing (expected a list of numbers)");
        var graded = texts.Zip(grades).ToList();
        var (above, others) = (graded.Where(pair => pair.Second > 0).ToList(), graded.Where(pair => pair.Second <= 0).ToList());
        if (above.Count == 0)
            throw record.Refuse("field \"labels\" has no grade above 0: nothing answers the query");
        return new TrainingExample(record.Text(ExampleField.First), [.. above.Select(pair => pair.First)], [.. others.Select(pair => pair.First)])
        {
            PositiveScores = [.. above.Select(pair => pair.Second)],
            NegativeScores = [.. others.Select(pair => pair.Second)],
        };
    }
}
