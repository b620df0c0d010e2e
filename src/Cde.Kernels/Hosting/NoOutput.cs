using Cde.Workbench;

namespace Cde.Kernels.Hosting;

/// <summary>Drops everything a cell shows, and answers no question.</summary>
public sealed class NoOutput : ICellOutput
{
    private NoOutput()
    {
    }

    /// <summary>The only one.</summary>
    public static NoOutput Instance { get; } = new();

    /// <inheritdoc/>
    public void Write(OutputStream stream, string text)
    {
    }

    /// <inheritdoc/>
    public void Display(MimeBundle bundle, string? displayId = null)
    {
    }

    /// <inheritdoc/>
    public void Update(MimeBundle bundle, string displayId)
    {
    }

    /// <inheritdoc/>
    public void Result(MimeBundle bundle)
    {
    }

    /// <inheritdoc/>
    public void Clear(bool wait)
    {
    }

    /// <inheritdoc/>
    public string ReadLine(string prompt, bool isPassword, CancellationToken cancellation) =>
        throw new CdeException($"{(prompt.Length > 0 ? prompt : "input")}: nobody can be asked here");
}
