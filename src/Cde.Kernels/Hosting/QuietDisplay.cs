using Cde.Workbench;

namespace Cde.Kernels.Hosting;

/// <summary>A display without notes and progress: <c>--quiet</c>.</summary>
/// <param name="inner">Where results are shown.</param>
public sealed class QuietDisplay(IDisplay inner) : IDisplay, IProgressView
{
    /// <inheritdoc/>
    public IProgressView Progress => this;

    /// <inheritdoc/>
    public IDisplayHandle Show(MimeBundle bundle) => inner.Show(bundle);

    /// <inheritdoc/>
    public void Note(string line)
    {
    }

    /// <inheritdoc/>
    public void Draw(WorkProgress state, TimeSpan elapsed, bool isFinal)
    {
    }
}
