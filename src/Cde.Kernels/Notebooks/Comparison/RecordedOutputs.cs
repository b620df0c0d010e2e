using Cde.Kernels.Commands;

namespace Cde.Kernels.Notebooks;

/// <summary>The outputs that a notebook's file holds before a run, and what is done with them after it: compared, or brought up to date.</summary>
internal sealed class RecordedOutputs
{
    private readonly string _name;
    private readonly string _path;
    private readonly NotebookDocument _notebook;
    private readonly bool _update;

    private RecordedOutputs(string name, bool update)
    {
        _name = name;
        _path = Path.GetFullPath(name);
        _notebook = NotebookFile.Read(name);
        _update = update;
    }

    /// <summary>Reads them where the options ask for <c>--compare</c> or <c>--update</c>; else null.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    public static RecordedOutputs? Of(NotebookRunCommandOptions options)
    {
        if (!options.Compare && !options.Update)
            return null;
        var word = options.Compare ? "--compare" : "--update";
        if (options.Compare && options.Update)
            throw new UsageException("--compare reads the file's outputs, --update writes them: give one of the two");
        if (options.Param.Count > 0)
            throw new UsageException($"{word} --param: the file's outputs were made without these values; leave --param out");
        if (!Path.GetExtension(options.File).Equals(".ipynb", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"{word} {options.File}: only .ipynb files hold outputs");
        if (options.Update && options.Out is not null)
            throw new UsageException("--update writes the notebook itself: leave --out out");
        return new RecordedOutputs(options.File, options.Update);
    }

    /// <summary>Compares, or writes the file again.</summary>
    /// <param name="run">The notebook after a run that nothing stopped.</param>
    /// <param name="note">Told about differences beyond the first, and about what was written.</param>
    /// <returns>The first difference as a failure; null where there is none.</returns>
    public string? Finish(NotebookDocument run, Action<string> note)
    {
        if (_update)
        {
            Update(run, note);
            return null;
        }

        if (NotebookOrigin.Of(_notebook)?.WhyNotComparable(NotebookOrigin.OfThisMachine()) is { } reason)
        {
            note($"{_name}: every cell ran; outputs are not compared: {reason}");
            return null;
        }

        var differences = new NotebookComparison(_notebook).Differences(run);
        foreach (var difference in differences.Skip(1))
            note($"{_name} {difference}");
        return differences.Count == 0 ? null : $"{_name} {differences[0]}";
    }

    private void Update(NotebookDocument run, Action<string> note)
    {
        var changed = new NotebookComparison(_notebook).KeepWhatIsEqual(run);
        NotebookOrigin.OfThisMachine().Record(run);
        NotebookFile.Write(run, _path);
        note($"{_name}: {changed} of {run.Cells.Count(cell => cell.Kind == CellKind.Code)} code cells show something new");
    }
}
