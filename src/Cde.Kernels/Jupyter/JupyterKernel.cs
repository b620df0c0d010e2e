using System.Text;
using System.Text.Json.Nodes;
using Cde.Kernels.Cells;
using Cde.Kernels.Jupyter.Zmtp;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// A notebook engine behind the five sockets of a Jupyter kernel (messaging protocol 5.4, with the subshells and the iopub welcome of 5.5).
/// </summary>
/// <remarks>
/// No thread that serves a socket runs a cell's code, and none of them is a pool thread: whatever a cell does short of ending the process,
/// the heartbeat beats, and interrupt and shutdown are heard.
/// </remarks>
public sealed class JupyterKernel : IDisposable
{
    // Front ends kill a kernel that takes five seconds to end.
    private static readonly TimeSpan CellsEnd = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan EngineEnds = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly KernelSettings _settings;
    private readonly EngineSource _engine;
    private readonly MessageReader _reader;
    private readonly MessageWriter _writer;
    private readonly KernelSockets _sockets;
    private readonly IopubChannel _iopub;
    private readonly InputChannel _input;
    private readonly ShellSet _shells;
    private readonly RequestRunner _shellRunner;
    private readonly RequestThread _control;
    private readonly ManualResetEventSlim _isStopped = new();
    private bool _isRestart;
    private int _isEnding;

    /// <summary>Opens the sockets; <see cref="Start"/> begins to serve them.</summary>
    /// <param name="connection">Where, and with which key.</param>
    /// <param name="engine">Makes the engine, on a thread of its own once the kernel serves. The kernel ends it.</param>
    /// <param name="settings">The rest; the defaults where null.</param>
    /// <exception cref="CdeException">A port is taken, or the address not this machine's.</exception>
    public JupyterKernel(ConnectionFile connection, Func<INotebookEngine> engine, KernelSettings? settings = null)
    {
        _settings = settings ?? new KernelSettings();
        _engine = new EngineSource(engine);
        var signer = new MessageSigner(connection.Key);
        _reader = new MessageReader(signer);
        _writer = new MessageWriter(signer, _settings.Time);
        _sockets = new KernelSockets(connection, _settings, new Receivers(ReceiveShell, ReceiveControl, ReceiveStdin, Welcome));
        _iopub = new IopubChannel(_sockets.Iopub, _writer, _settings);
        _input = new InputChannel(_writer, _sockets.Stdin);

        var history = new HistoryStore(_settings.HistoryFolder);
        var (info, shutdown) = (new KernelInfoHandler(), new ShutdownHandler(Stop));
        _shellRunner = new RequestRunner(
            [
                info, shutdown, new ExecuteHandler(_iopub, _input, _settings.OutputLimit), new CompleteHandler(), new InspectHandler(), new IsCompleteHandler(),
                new HistoryHandler(history), new CommOpenHandler(Comms), new CommMessageHandler(Comms), new CommCloseHandler(Comms), new CommInfoHandler(Comms),
            ],
            _iopub, _writer, _settings.Log);
        _shells = new ShellSet(id => new Shell(id, _engine, new HistorySession(history, _settings.Log), _shellRunner.Run));
        var control = new RequestRunner(
            [
                info, shutdown, new InterruptHandler(_shells),
                new CreateSubshellHandler(_shells), new DeleteSubshellHandler(_shells), new ListSubshellsHandler(_shells),
            ],
            _iopub, _writer, _settings.Log);
        _control = new RequestThread("control", control.Run);
        Comms.Publisher = (type, content, extras) =>
            _iopub.Post(new IopubMessage(type, _shells.Current.FirstOrDefault()?.Parent ?? [], () => content) { Extras = extras });
    }

    /// <summary>Conversations with parts of the front end, such as widgets.</summary>
    public CommRegistry Comms { get; } = new();

    /// <summary>Begins to serve, and to make the engine.</summary>
    public void Start()
    {
        _iopub.Post(IopubMessage.Status("starting", []));
        _sockets.Start();
        _engine.Begin(_settings.Log);
    }

    /// <summary>Waits until a front end shuts the kernel down, or <see cref="Stop"/> is called.</summary>
    /// <returns>Whether the front end starts it again.</returns>
    public bool WaitForStop()
    {
        _isStopped.Wait();
        return _isRestart;
    }

    /// <summary>Ends <see cref="WaitForStop"/>; from any thread.</summary>
    /// <param name="restart">The front end starts the kernel again.</param>
    public void Stop(bool restart = false)
    {
        _isRestart |= restart;
        _isStopped.Set();
    }

    /// <summary>Stops the running cells of every shell; from any thread, at once.</summary>
    public void Interrupt() => _shells.InterruptAll();

    /// <summary>Says something on the error stream of the cells that run; where none runs, in the log.</summary>
    public void Tell(string text)
    {
        var outputs = _shells.Current.Select(request => request.Output).OfType<CellOutput>().ToList();
        outputs.ForEach(output => output.Tell(text));
        if (outputs.Count == 0)
            _settings.Log(text);
    }

    /// <summary>
    /// The process is about to end without being asked to: the cells that run tell why and get their replies, as far as a second allows.
    /// </summary>
    /// <param name="reason">Why, in one line.</param>
    public void Abandon(string reason)
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
            return;
        var error = new CellError("KernelEnded", reason, [reason]);
        foreach (var request in _shells.Current)
        {
            request.Output?.Tell(reason + "\n");
            request.Output?.Error(ErrorContent.Of(error));
            _shellRunner.Finish(request, ErrorContent.Reply(error));
        }

        _iopub.Flush(null, LastWords);
        _sockets.Dispose();
    }

    /// <summary>Interrupts what runs, says goodbye to the front ends, closes the sockets and ends the engine: in about three seconds at most.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
            return;
        Stop();
        _shells.Dispose();
        _shells.Join(CellsEnd);
        _control.Dispose();
        var isRestart = _isRestart;
        _iopub.Post(new IopubMessage("shutdown_reply", [], () => new JsonObject { ["status"] = "ok", ["restart"] = isRestart }));
        _iopub.Dispose();
        _sockets.Dispose();
        if (!_engine.End(EngineEnds))
            _settings.Log("the notebook engine did not end in time");
    }

    private void ReceiveShell(Route route, IReadOnlyList<byte[]> frames)
    {
        if (Read("shell", frames) is not { } message)
            return;
        var shell = _shells.TryFind(message.Header.Subshell);
        var request = new Request(message, _sockets.Shell, route) { Shell = shell };
        if (shell is null || !shell.Post(request))
            _control.Post(() => _shellRunner.Refuse(request, $"there is no subshell {message.Header.Subshell}, or it was closed"));
    }

    private void ReceiveControl(Route route, IReadOnlyList<byte[]> frames)
    {
        if (Read("control", frames) is { } message)
            _control.Post(new Request(message, _sockets.Control, route));
    }

    private void ReceiveStdin(Route route, IReadOnlyList<byte[]> frames)
    {
        if (Read("stdin", frames) is { } message)
            _input.Answer(route, message);
    }

    /// <summary>Tells a new subscriber that from now on it misses nothing (JEP 65).</summary>
    private IReadOnlyList<byte[]> Welcome(byte[] topic) =>
        _writer.Write([topic], "iopub_welcome", [], new JsonObject { ["subscription"] = Encoding.UTF8.GetString(topic) }).Frames;

    private JupyterMessage? Read(string channel, IReadOnlyList<byte[]> frames)
    {
        try
        {
            return _reader.Read(frames);
        }
        catch (InvalidMessageException refusal)
        {
            _settings.Log($"{channel}: a message was dropped: {refusal.Message}");
            return null;
        }
    }
}
