using Cde.Kernels.Commands;
using Cde.Workbench;

namespace Cde.Kernels.Notebooks;

/// <summary>The files of a run: what is read, and what is written, by full path, since a run changes the current folder.</summary>
internal sealed record NotebookRunFiles
{
    private readonly string _name;
    private readonly string _input;
    private readonly string? _out;
    private readonly string? _html;

    private NotebookRunFiles(string input, string? notebook, string? page)
    {
        _name = input;
        _input = Path.GetFullPath(input);
        _out = notebook is null ? null : Path.GetFullPath(notebook);
        _html = page is null ? null : Path.GetFullPath(page);
    }

    /// <summary>The notebook's folder.</summary>
    public string Folder => Path.GetDirectoryName(_input)!;

    /// <summary>The files of a run.</summary>
    /// <param name="input">The notebook that is run.</param>
    /// <param name="notebook">Where it goes with its outputs; nowhere where null.</param>
    /// <param name="page">Where its page goes; nowhere where null.</param>
    /// <exception cref="UsageException">A file to write has the wrong extension.</exception>
    public static NotebookRunFiles Of(string input, string? notebook, string? page)
    {
        if (notebook is not null && !Path.GetExtension(notebook).Equals(".ipynb", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--out {notebook}: a notebook with its outputs is written as .ipynb (--html writes a page; .dib has no place for outputs)");
        return new NotebookRunFiles(input, notebook, page);
    }

    /// <summary>Writes the notebook as far as it is done, so that what comes next cannot lose it. A notebook that is its own output waits for the end.</summary>
    public void WriteSoFar(NotebookDocument notebook)
    {
        if (_out is not null && _out != _input)
            WriteNotebook(notebook);
    }

    /// <summary>Writes what the options ask for.</summary>
    public void Write(NotebookDocument notebook)
    {
        if (_out is not null)
            WriteNotebook(notebook);
        if (_html is not null)
            AtomicFile.WriteAllText(_html, NotebookPage.Write(notebook, Path.GetFileName(_input), Folder));
    }

    private void WriteNotebook(NotebookDocument notebook) => NotebookFile.Write(NotebookConversion.ForJupyter(notebook, _name), _out!);
}
