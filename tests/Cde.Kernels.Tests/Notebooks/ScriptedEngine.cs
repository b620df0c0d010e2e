using System.Globalization;
using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Notebooks;

/// <summary>
/// An engine whose cells are scripts, one verb a line: <c>print x</c>, <c>warn x</c>, <c>show x</c>, <c>show id x</c>, <c>update id x</c>,
/// <c>result x</c>, <c>clear</c>, <c>clear-later</c>, <c>ask x</c>, <c>fail x</c>, <c>wait</c> (until interrupted), <c>hang</c> (for good).
/// </summary>
internal sealed class ScriptedEngine : INotebookEngine
{
    private CancellationTokenSource _interrupt = new();

    public List<CellRequest> Requests { get; } = [];

    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string DefaultLanguage => "csharp";

    public async Task<CellOutcome> ExecuteAsync(CellRequest request, ICellOutput output)
    {
        Requests.Add(request);
        var line = 0;
        foreach (var words in request.Code.Split('\n').Select(text => text.Split(' ', 2)))
        {
            line++;
            var rest = words.Length > 1 ? words[1] : "";
            switch (words[0])
            {
                case "print": output.Write(OutputStream.Output, rest + "\n"); break;
                case "warn": output.Write(OutputStream.Error, rest + "\n"); break;
                case "show": output.Display(Bundle(rest.Split(' ')[^1]), rest.Contains(' ') ? rest.Split(' ')[0] : null); break;
                case "update": output.Update(Bundle(rest.Split(' ')[^1]), rest.Split(' ')[0]); break;
                case "result": output.Result(Bundle(rest)); break;
                case "clear": output.Clear(wait: false); break;
                case "clear-later": output.Clear(wait: true); break;
                case "ask": output.ReadLine(rest, isPassword: false, CancellationToken.None); break;
                case "fail": return new CellOutcome(new CellError("TestException", rest, [$"   at line {line.ToString(CultureInfo.InvariantCulture)}"], line));
                case "hang":
                    Waiting.TrySetResult();
                    await Task.Delay(Timeout.Infinite);
                    break;
                case "wait":
                    Waiting.TrySetResult();
                    try
                    {
                        await Task.Delay(Timeout.Infinite, _interrupt.Token);
                    }
                    catch (OperationCanceledException)
                    {
                        _interrupt = new CancellationTokenSource();
                        return new CellOutcome(new CellError("Interrupted", "interrupted", [], line), WasInterrupted: true);
                    }

                    break;
            }
        }

        return CellOutcome.Done;
    }

    public void Interrupt(string? shell = null) => _interrupt.Cancel();

    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation = default) => Task.FromResult(CompletionList.None(position));

    public Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation = default) => Task.FromResult<Hover?>(null);

    public Completeness Check(string code) => new(CompletenessStatus.Unknown);

    public Task<MimeBundle> EvaluateAsync(string expression, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static MimeBundle Bundle(string text) => new MimeBundle(text).With(MimeBundle.Html, $"<b>{text}</b>");
}
