namespace Cde.Workbench.Corpora;

/// <summary>How a file of training data is read.</summary>
public sealed record TrainingFileOptions
{
    /// <summary>The form by name; null to tell it from the first record.</summary>
    /// <value>Default: null. One of <see cref="TrainingForms.Names"/>.</value>
    public string? Form { get; init; }

    /// <summary>The domain of examples that name none; null for the file's name without extension.</summary>
    /// <value>Default: null.</value>
    public string? Domain { get; init; }

    /// <summary>Whether malformed records are left out and counted; where not, the first one is refused.</summary>
    /// <value>Default: false.</value>
    public bool SkipBad { get; init; }

    /// <summary>Instructions by domain, for examples that bring none.</summary>
    /// <value>Default: none.</value>
    public InstructionTable Instructions { get; init; } = InstructionTable.Empty;
}

/// <summary>What was read of a file of training data.</summary>
/// <param name="Path">The file.</param>
/// <param name="Form">Its form.</param>
/// <param name="Examples">The examples, in order.</param>
/// <param name="Skipped">How many records were malformed and left out.</param>
/// <param name="Problems">What was wrong with the first of them: file, line, field and rule.</param>
public sealed record TrainingFileContent(string Path, TrainingForm Form, IReadOnlyList<TrainingExample> Examples, long Skipped, IReadOnlyList<string> Problems);

/// <summary>Reads training data: JSONL, a JSON list of records, CSV or TSV, in any form of <see cref="TrainingForms"/>.</summary>
public static class TrainingFile
{
    private const int ProblemsKept = 10;

    /// <summary>Records in which a file with malformed ones is looked at for its form.</summary>
    private const int LookedAt = 100;

    /// <summary>Reads a file into memory.</summary>
    /// <param name="path">The file; its extension says whether it is <c>.jsonl</c>, <c>.json</c>, <c>.csv</c> or tab-separated (<c>.tsv</c>, <c>.tab</c>, <c>.data</c>).</param>
    /// <param name="options">How; the defaults where null.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    /// <exception cref="CdeException">A record is malformed, or none is left: file, line, field and rule.</exception>
    public static TrainingFileContent Read(string path, TrainingFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var form = options.Form is { } name ? TrainingForms.Get(name) : null;
        var domain = options.Domain ?? System.IO.Path.GetFileNameWithoutExtension(path);
        var (examples, problems, skipped) = (new List<TrainingExample>(), new List<string>(), 0L);
        foreach (var read in ExampleRecords.Read(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var record = read();
                form ??= TrainingForms.Of(record)
                    ?? throw record.Refuse($"its fields are of no form of training data ({string.Join(", ", TrainingForms.Names)}); name the form where the file has unusual fields");
                var example = form.Read(record);
                examples.Add(options.Instructions.Apply(example.Domain.Length > 0 ? example : example with { Domain = domain }));
            }
            catch (CdeException problem) when (options.SkipBad)
            {
                skipped++;
                if (problems.Count < ProblemsKept)
                    problems.Add(problem.Message);
            }
        }

        if (examples.Count > 0)
            return new TrainingFileContent(path, form!, examples, skipped, problems);
        throw new CdeException(skipped == 0 ? $"{path} has no training examples" : $"{path}: none of its {skipped} records can be read; the first: {problems[0]}");
    }

    /// <summary>
    /// Whether a file says by its first record that it is training data: it has named fields of a form with two texts or more, or is a table of scored pairs. Single texts, and
    /// columns without names, may as well be documents.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="orTexts">Whether single texts with named fields count too, but for documents: records with an id and no class.</param>
    /// <param name="skipBad">Whether malformed records at the start are passed over.</param>
    internal static bool IsOne(string path, bool orTexts = false, bool skipBad = false)
    {
        try
        {
            return ExampleRecords.Read(path).Take(skipBad ? LookedAt : 1).Select(Says).FirstOrDefault(said => said is not null) ?? false;
        }
        catch (CdeException)
        {
            return false;
        }

        bool? Says(Func<ExampleRecord> read)
        {
            try
            {
                var record = read();
                if (TrainingForms.Of(record) is not { } form)
                    return null;
                return form is PointForm
                    ? orTexts && record.Columns == 0 && (record.Has(ExampleField.Label) || !record.Has(ExampleField.Id))
                    : record.Columns == 0 || form is ScoredPairForm;
            }
            catch (CdeException)
            {
                return null;
            }
        }
    }
}
