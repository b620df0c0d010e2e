using Cde.Workbench;

namespace Cde.Kernels.Hosting;

/// <summary>Shows nothing: the display of a session that runs no command itself.</summary>
public sealed class NoDisplay : IDisplay, IDisplayHandle, IProgressView
{
    private NoDisplay()
    {
    }

    /// <summary>The only one.</summary>
    public static NoDisplay Instance { get; } = new();

    /// <inheritdoc/>
    public IProgressView Progress => this;

    /// <inheritdoc/>
    public IDisplayHandle Show(MimeBundle bundle) => this;

    /// <inheritdoc/>
    public void Note(string line)
    {
    }

    /// <inheritdoc/>
    public void Update(MimeBundle bundle)
    {
    }

    /// <inheritdoc/>
    public void Draw(WorkProgress state, TimeSpan elapsed, bool isFinal)
    {
    }
}
