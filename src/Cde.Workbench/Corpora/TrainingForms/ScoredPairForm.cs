namespace Cde.Workbench.Corpora;

/// <summary>Two texts and how alike they are.</summary>
internal sealed class ScoredPairForm() : TrainingForm(
    "scored-pair", "two texts and how alike they are", """{"sentence1": "A plane is taking off.", "sentence2": "An air plane is taking off.", "score": 5.0}""")
{
    internal override bool Fits(ExampleRecord record) => record.Columns switch
    {
        0 => record.Has(ExampleField.First) && record.Has(ExampleField.Second) && record.Has(ExampleField.Score),
        var columns => columns == 3 && record.IsNumber(ExampleField.Score),
    };

    internal override TrainingExample Read(ExampleRecord record) =>
        new(record.Text(ExampleField.First), [record.Text(ExampleField.Second)], []) { Score = record.Number(ExampleField.Score) };
}
