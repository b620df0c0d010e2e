namespace Cde.Workbench.Corpora;

/// <summary>All forms of training data.</summary>
public static class TrainingForms
{
    /// <summary>The forms, the ones with the most particular fields first: the first that fits a file's first record is the file's.</summary>
    public static IReadOnlyList<TrainingForm> All { get; } =
        [new ListwiseForm(), new MediForm(), new FlagForm(), new ScoredPairForm(), new TupleForm(), new TripletForm(), new PairForm(), new PointForm()];

    /// <summary>The forms' names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(form => form.Name)];

    /// <summary>A form by name.</summary>
    /// <exception cref="CdeException">There is none.</exception>
    public static TrainingForm Get(string name) =>
        All.FirstOrDefault(form => form.Name == name) ?? throw new CdeException($"training data: there is no form {name}; {NearestNames.Suggest(name, Names)}");

    /// <summary>The form of a record; null where none fits.</summary>
    internal static TrainingForm? Of(ExampleRecord record) => All.FirstOrDefault(form => form.Fits(record));
}
