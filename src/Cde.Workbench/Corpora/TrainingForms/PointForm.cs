namespace Cde.Workbench.Corpora;

/// <summary>A single text, perhaps with its class: for contrast by dropout, pre-training and classification.</summary>
internal sealed class PointForm() : TrainingForm("point", "a text, perhaps with its class", """{"text": "I lost my card", "label": "lost_card"}""")
{
    internal override bool Fits(ExampleRecord record) => record.Columns == 1 || (record.Columns == 0 && record.Has(ExampleField.Text));

    internal override TrainingExample Read(ExampleRecord record) =>
        new(record.Text(ExampleField.Text), [], []) { Label = record.OptionalText(ExampleField.Label) };
}
