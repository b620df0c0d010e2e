using Cde.Kernels.Jupyter;
using Cde.Testing;

namespace Cde.Kernels.Tests.Jupyter.History;

public sealed class HistoryStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<HistorySession> _sessions = [];
    private readonly List<string> _log = [];
    private readonly HistoryStore _store;

    public HistoryStoreTests() => _store = new HistoryStore(_folder["history"]);

    public void Dispose()
    {
        _sessions.ForEach(session => session.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public void Cells_are_kept_as_they_start_and_results_as_they_come()
    {
        var session = Session("a = 1", "b\nc \"é😀\"");
        session.SetOutput(2, "result");

        Assert.Equal([new HistoryEntry(1, 1, "a = 1", null), new HistoryEntry(1, 2, "b\nc \"é😀\"", "result")], new HistoryStore(_folder["history"]).Tail(10));
    }

    [Fact]
    public void Sessions_side_by_side_have_numbers_of_their_own()
    {
        var first = Session("a");
        var second = Session("b");
        first.Add(2, "c");

        Assert.Equal((1, 2), (first.Number, second.Number));
        Assert.Equal(["a", "c", "b"], Inputs(_store.Tail(10)));
    }

    [Fact]
    public void A_session_without_cells_leaves_nothing()
    {
        var session = Session();

        Assert.Null(session.Number);
        Assert.False(Directory.Exists(_folder["history"]));
        Assert.Empty(_store.Tail(5));
        Assert.Empty(_store.Range(session, 0, 1, null));
        Assert.Empty(_store.Range(session, -1, 1, null));
    }

    [Fact]
    public void Tail_is_the_last_entries_oldest_first()
    {
        Session("1", "2", "3");
        Session("4", "5");

        Assert.Equal(["3", "4", "5"], Inputs(_store.Tail(3)));
        Assert.Empty(_store.Tail(0));
    }

    [Fact]
    public void Range_counts_sessions_from_the_one_that_asks()
    {
        Session("old");
        Session("before");
        var current = Session("x", "y", "z");

        Assert.Equal(["x", "y", "z"], Inputs(_store.Range(current, 0, 1, null)));
        Assert.Equal(["y"], Inputs(_store.Range(current, 0, 2, 3)));
        Assert.Equal(["before"], Inputs(_store.Range(current, -1, 1, null)));
        Assert.Equal(["old"], Inputs(_store.Range(current, -2, 1, null)));
        Assert.Equal(["old"], Inputs(_store.Range(current, 1, 1, null)));
        Assert.Empty(_store.Range(current, -3, 1, null));
        Assert.Empty(_store.Range(current, 99, 1, null));
    }

    [Fact]
    public void Search_finds_the_last_matches_and_each_text_once_on_request()
    {
        Session("plot 1", "print", "plot 2");
        Session("plot 1", "stop");

        Assert.Equal(["plot 1", "plot 2", "plot 1"], Inputs(_store.Search("plot*", null, isUnique: false)));
        Assert.Equal(["plot 2", "plot 1"], Inputs(_store.Search("plot*", 2, isUnique: false)));
        Assert.Equal([(1, 3), (2, 1)], _store.Search("plot*", null, isUnique: true).Select(entry => (entry.Session, entry.Line)));
        Assert.Empty(_store.Search("*nothing*", null, isUnique: false));
    }

    [Fact]
    public void A_line_cut_by_a_kill_is_passed_over()
    {
        Session("whole").Dispose();
        var file = Directory.GetFiles(_folder["history"]).Single();
        File.AppendAllText(file, "{\"line\":2,\"inp");
        File.AppendAllText(_folder["history", "notes.jsonl"], "{}");

        Assert.Equal(["whole"], Inputs(_store.Tail(10)));
        Assert.Equal(2, Session("next").Number);
    }

    [Fact]
    public void History_that_cannot_be_written_is_told_of_once()
    {
        File.WriteAllText(_folder["history"], "a file where the folder should be");

        var session = Session("a", "b");

        Assert.Null(session.Number);
        Assert.Contains("history cannot be kept", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_result_is_kept_in_part()
    {
        Session("a").SetOutput(1, new string('x', 100_000));

        Assert.InRange(_store.Tail(1).Single().Output!.Length, 1_000, 20_000);
    }

    private HistorySession Session(params string[] cells)
    {
        var session = new HistorySession(_store, _log.Add);
        _sessions.Add(session);
        for (var i = 0; i < cells.Length; i++)
            session.Add(i + 1, cells[i]);
        return session;
    }

    private static IEnumerable<string> Inputs(IEnumerable<HistoryEntry> entries) => entries.Select(entry => entry.Input);
}
