namespace Cde.Workbench.Corpora;

/// <summary>A form in which data sets write training examples.</summary>
public abstract class TrainingForm
{
    private protected TrainingForm(string name, string what, string example) => (Name, What, Example) = (name, what, example);

    /// <summary>The name that commands use.</summary>
    public string Name { get; }

    /// <summary>What an example of it is, in one line.</summary>
    public string What { get; }

    /// <summary>A line of it.</summary>
    public string Example { get; }

    /// <summary>Whether a record looks like one of this form.</summary>
    internal abstract bool Fits(ExampleRecord record);

    /// <summary>The example that a record holds, without a domain unless the record names one.</summary>
    /// <exception cref="CdeException">A field is missing or wrong: file, line, field and rule.</exception>
    internal abstract TrainingExample Read(ExampleRecord record);
}
