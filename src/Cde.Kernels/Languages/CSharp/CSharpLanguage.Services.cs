using Cde.Kernels.Languages.CSharp.Services;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>What editors ask of C# cells.</summary>
public sealed partial class CSharpLanguage
{
    /// <inheritdoc/>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) =>
        _services.RunAsync(() => CSharpCompletion.Of(_chain, code, position, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation) =>
        _services.RunAsync(() => CSharpHover.Of(_chain, code, position, cancellation), cancellation);

    /// <inheritdoc/>
    public Completeness Check(string code) => CodeCompleteness.Check(code);
}
