namespace Cde.Kernels.Hosting;

/// <summary>Where a command shows things: a notebook's output area, or the shell's two streams.</summary>
public interface IDisplay
{
    /// <summary>Shows a bundle. The shell prints its plain text on stdout.</summary>
    /// <returns>A handle that replaces what was shown, where the host can.</returns>
    IDisplayHandle Show(MimeBundle bundle);

    /// <summary>One line about the work itself (what was loaded, where a file went). Never part of the result: the shell uses stderr.</summary>
    void Note(string line);

    /// <summary>Where progress is drawn.</summary>
    IProgressView Progress { get; }

    /// <summary>Whether what was shown is replaced in place while the command still runs, so that a figure can grow.</summary>
    bool IsLive => false;
}

/// <summary>Something shown that can be replaced in place.</summary>
public interface IDisplayHandle
{
    /// <summary>Replaces what was shown. A host that cannot replace (a plain stream) ignores all but the last.</summary>
    void Update(MimeBundle bundle);
}
