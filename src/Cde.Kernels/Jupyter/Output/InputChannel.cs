using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cde.Kernels.Jupyter.Zmtp;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>Questions to the person at the front end that sent a cell.</summary>
/// <param name="writer">Makes the messages.</param>
/// <param name="socket">The stdin socket.</param>
internal sealed class InputChannel(MessageWriter writer, RouterSocket socket)
{
    private ImmutableList<Question> _open = [];

    /// <summary>A question of a cell; it goes out with <see cref="Question.Send"/>.</summary>
    public Question Ask(Request request, string prompt, bool isPassword) => new(this, request, prompt, isPassword);

    /// <summary>An answer came. It is for the question that it names, else for the newest one of its sender.</summary>
    public void Answer(Route route, JupyterMessage message)
    {
        if (message.Header.Type != "input_reply")
            return;
        var open = Volatile.Read(ref _open);
        var question = open.FirstOrDefault(question => question.Id == message.ParentId)
            ?? open.LastOrDefault(question => question.WasSentTo(route));
        question?.Answer(message.Content.TextOr("value", ""));
    }

    /// <summary>A question that waits for its answer.</summary>
    internal sealed class Question(InputChannel channel, Request request, string prompt, bool isPassword) : IDisposable
    {
        /// <summary>How long a front end may take to introduce itself on this socket after it sent its first cell on another.</summary>
        private static readonly TimeSpan IntroductionTime = TimeSpan.FromSeconds(5);

        private readonly ManualResetEventSlim _isOver = new();
        private volatile string? _answer;
        private Route? _route;

        /// <summary>The message that asked it.</summary>
        public string Id { get; private set; } = "";

        /// <summary>Sends it, to the front end that sent the cell.</summary>
        public void Send()
        {
            SpinWait.SpinUntil(
                () =>
                {
                    var mayCome = channel.Socket.HasNewcomers; // asked first: who is admitted in between is found
                    _route = channel.Socket.Find(request.Route.Peer.Identity);
                    return _route is not null || !mayCome;
                },
                IntroductionTime);
            if (_route is not null)
            {
                var content = new JsonObject { ["prompt"] = prompt, ["password"] = isPassword };
                var (frames, id) = channel.Writer.Write(request.Message.Identities, "input_request", request.Parent, content);
                Id = id;
                ImmutableInterlocked.Update(ref channel._open, (open, added) => open.Add(added), this);
                if (channel.Socket.Send(_route, frames, mayWait: false))
                    return;
            }

            _isOver.Set();
        }

        /// <summary>Whether its answer would come from there.</summary>
        public bool WasSentTo(Route route) => _route?.Peer == route.Peer;

        /// <summary>Takes the answer.</summary>
        public void Answer(string value)
        {
            _answer = value;
            _isOver.Set();
        }

        /// <summary>Waits for the answer.</summary>
        /// <exception cref="CdeException">The front end has no channel for questions.</exception>
        public string Wait(CancellationToken cancellation)
        {
            _isOver.Wait(cancellation);
            return _answer ?? throw new CdeException("the front end that sent this cell does not listen for questions: write the value into the cell");
        }

        /// <summary>Nobody waits for the answer any more.</summary>
        public void Dispose() => ImmutableInterlocked.Update(ref channel._open, (open, removed) => open.Remove(removed), this);
    }

    private RouterSocket Socket => socket;

    private MessageWriter Writer => writer;
}
