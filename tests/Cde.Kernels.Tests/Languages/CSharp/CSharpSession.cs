using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;
using Cde.Kernels.Languages.CSharp;

namespace Cde.Kernels.Tests.Languages.CSharp;

/// <summary>C# cells on cell threads, as the engine runs them.</summary>
internal sealed class CSharpSession : IAsyncDisposable, IDisplay
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Dictionary<string, CellThread> _threads = [];
    private int _number;

    public CSharpSession(CSharpOptions? options = null)
    {
        Language = new CSharpLanguage((options ?? new CSharpOptions()) with { WarmsUp = false });
    }

    public CSharpLanguage Language { get; }

    /// <summary>What the language told about its work.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>What the last cell wrote.</summary>
    public RecordedOutput Output { get; private set; } = new();

    public IProgressView Progress => NoDisplay.Instance;

    public IDisplayHandle Show(MimeBundle bundle) => NoDisplay.Instance;

    public void Note(string line) => Notes.Add(line);

    /// <summary>Runs a cell; they are called Cell 1, Cell 2 and so on.</summary>
    public Task<CellValue?> RunAsync(string code, string shell = "", int linesBefore = 0)
    {
        var output = Output = new RecordedOutput();
        var request = new CellRequest(code) { Name = $"Cell {++_number}" };
        return Thread(shell).RunAsync(token =>
        {
            var cell = new CellContext(request, output, new Session(this), token) { LinesBefore = linesBefore };
            CellContext.Current = cell;
            return Language.RunAsync(code, cell);
        }).WaitAsync(Patience);
    }

    /// <summary>The value of a cell that has one.</summary>
    public async Task<object?> ValueAsync(string code, string shell = "") =>
        (await RunAsync(code, shell) ?? throw new InvalidOperationException($"{code} has no value")).Value;

    /// <summary>The error of a cell that fails.</summary>
    public async Task<CellError> ErrorAsync(string code, int linesBefore = 0) =>
        (await Assert.ThrowsAsync<CellFailedException>(() => RunAsync(code, linesBefore: linesBefore))).Error;

    public void Interrupt(string shell = "") => Thread(shell).Interrupt();

    public async ValueTask DisposeAsync()
    {
        foreach (var thread in _threads.Values)
            await thread.DisposeAsync();
        Language.Dispose();
    }

    private CellThread Thread(string shell)
    {
        lock (_threads)
        {
            if (!_threads.TryGetValue(shell, out var thread))
                _threads.Add(shell, thread = new CellThread("test " + shell));
            return thread;
        }
    }
}
