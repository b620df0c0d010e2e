namespace Cde.Workbench.Corpora;

/// <summary>A query, a text that answers it and one that does not.</summary>
internal sealed class TripletForm() : TrainingForm(
    "triplet", "a query, a text that answers it and a hard negative", """{"anchor": "a bird", "positive": "a wren", "negative": "a bat"}""")
{
    internal override bool Fits(ExampleRecord record) =>
        record.Columns == 3 || (record.Columns == 0 && record.Has(ExampleField.First) && record.Has(ExampleField.Second) && record.Has(ExampleField.Negative));

    internal override TrainingExample Read(ExampleRecord record) =>
        new(record.Text(ExampleField.First), [record.Text(ExampleField.Second)], [record.Text(ExampleField.Negative)]);
}
