using System.Text;
using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Languages;

/// <summary>An output that keeps what a cell shows, and answers its questions from a list.</summary>
internal sealed class RecordedOutput(params string[] answers) : ICellOutput
{
    private readonly Lock _lock = new();
    private readonly Queue<string> _answers = new(answers);
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _both = new();

    /// <summary>The bundles displayed.</summary>
    public List<MimeBundle> Displays { get; } = [];

    /// <summary>The questions asked, and whether what was typed was hidden.</summary>
    public List<(string Prompt, bool IsPassword)> Questions { get; } = [];

    /// <summary>Told after each write.</summary>
    public Action<string>? Written { get; set; }

    public string Text { get { lock (_lock) return _text.ToString(); } }

    public string Errors { get { lock (_lock) return _error.ToString(); } }

    /// <summary>Both streams as they came.</summary>
    public string Both { get { lock (_lock) return _both.ToString(); } }

    public void Write(OutputStream stream, string text)
    {
        lock (_lock)
        {
            (stream == OutputStream.Output ? _text : _error).Append(text);
            _both.Append(text);
        }

        Written?.Invoke(text);
    }

    public void Display(MimeBundle bundle, string? displayId = null)
    {
        lock (_lock)
            Displays.Add(bundle);
    }

    public void Update(MimeBundle bundle, string displayId) => Display(bundle, displayId);

    public void Result(MimeBundle bundle) => Display(bundle);

    public void Clear(bool wait)
    {
    }

    public string ReadLine(string prompt, bool isPassword, CancellationToken cancellation)
    {
        Questions.Add((prompt, isPassword));
        return _answers.TryDequeue(out var answer) ? answer : throw new CdeException("no input");
    }

    /// <summary>A cell that shows things here.</summary>
    public CellContext Cell(string selectorArguments = "", CancellationToken cancellation = default) =>
        new(new CellRequest(""), this, new Session(new SilentDisplay()), cancellation) { SelectorArguments = selectorArguments };

    private sealed class SilentDisplay : IDisplay, IProgressView, IDisplayHandle
    {
        public IProgressView Progress => this;

        public IDisplayHandle Show(MimeBundle bundle) => this;

        public void Note(string line)
        {
        }

        public void Update(MimeBundle bundle)
        {
        }

        public void Draw(WorkProgress state, TimeSpan elapsed, bool isFinal)
        {
        }
    }
}

/// <summary>Languages as tests call them.</summary>
internal static class LanguageRuns
{
    /// <summary>Runs code in a cell of its own, whose output nobody reads.</summary>
    public static Task<CellValue?> RunAsync(this ILanguage language, string code, RecordedOutput? output = null, string arguments = "") =>
        language.RunAsync(code, (output ?? new()).Cell(arguments));
}
