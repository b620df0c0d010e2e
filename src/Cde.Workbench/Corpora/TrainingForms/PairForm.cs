namespace Cde.Workbench.Corpora;

/// <summary>Two texts that belong together.</summary>
internal sealed class PairForm() : TrainingForm("pair", "a query and a text that answers it", """{"query": "who wrote Emma", "positive": "Emma is a novel by Jane Austen."}""")
{
    internal override bool Fits(ExampleRecord record) => record.Columns == 2 || (record.Columns == 0 && record.Has(ExampleField.First) && record.Has(ExampleField.Second));

    internal override TrainingExample Read(ExampleRecord record) => new(record.Text(ExampleField.First), [record.Text(ExampleField.Second)], []);
}
