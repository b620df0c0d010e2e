using Cde.Kernels.Hosting;

namespace Cde.Kernels.Tests.Directives;

/// <summary>A cell's outputs as a test sees them.</summary>
internal sealed class ShownOutput : ICellOutput
{
    public List<MimeBundle> Shown { get; } = [];

    public List<(OutputStream Stream, string Text)> Written { get; } = [];

    /// <summary>What the person types, in order.</summary>
    public Queue<string> Typed { get; } = [];

    public List<(string Prompt, bool IsPassword)> Asked { get; } = [];

    /// <summary>The plain text of everything shown.</summary>
    public string Text => string.Concat(Shown.Select(bundle => bundle[MimeBundle.PlainText]));

    public void Write(OutputStream stream, string text) => Written.Add((stream, text));

    public void Display(MimeBundle bundle, string? displayId = null) => Shown.Add(bundle);

    public void Update(MimeBundle bundle, string displayId) => Shown.Add(bundle);

    public void Result(MimeBundle bundle) => Shown.Add(bundle);

    public void Clear(bool wait) => Shown.Clear();

    public string ReadLine(string prompt, bool isPassword, CancellationToken cancellation)
    {
        Asked.Add((prompt, isPassword));
        return Typed.Dequeue();
    }
}
