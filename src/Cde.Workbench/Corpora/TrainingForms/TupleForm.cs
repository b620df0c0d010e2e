namespace Cde.Workbench.Corpora;

/// <summary>A query, a text that answers it and several that do not, each in a field of its own.</summary>
internal sealed class TupleForm() : TrainingForm(
    "n-tuple", "a query, a text that answers it and numbered hard negatives", """{"anchor": "a bird", "positive": "a wren", "negative_1": "a bat", "negative_2": "a kite on a string"}""")
{
    internal override bool Fits(ExampleRecord record) =>
        record.Columns > 3 || (record.Columns == 0 && record.Has(ExampleField.First) && record.Has(ExampleField.Second) && record.Has(ExampleField.NumberedNegative(1)));

    internal override TrainingExample Read(ExampleRecord record)
    {
        var negatives = new List<string> { record.Text(ExampleField.NumberedNegative(1)) };
        while (record.Has(ExampleField.NumberedNegative(negatives.Count + 1)))
            negatives.Add(record.Text(ExampleField.NumberedNegative(negatives.Count + 1)));
        return new TrainingExample(record.Text(ExampleField.First), [record.Text(ExampleField.Second)], negatives);
    }
}
