using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Tests.Cells;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Displays.Cells;

public class NotebookDisplayTests
{
    private readonly CellRecord _record = new();
    private readonly ManualTime _time = new();
    private readonly NotebookDisplay _display;

    public NotebookDisplayTests() => _display = new NotebookDisplay(_record, _time);

    [Fact]
    public void What_is_shown_can_be_replaced_under_its_id()
    {
        var handle = _display.Show(new MimeBundle("one"));
        handle.Update(new MimeBundle("two"));

        Assert.Equal(["show one", "update two"], _record.Events);
        Assert.NotNull(_record.Bundles[0].Id);
        Assert.Equal(_record.Bundles[0].Id, _record.Bundles[1].Id);
    }

    [Fact]
    public void A_note_is_one_escaped_line()
    {
        _display.Note("saved to <folder>");

        Assert.Equal("show saved to <folder>", Assert.Single(_record.Events));
        Assert.Contains("saved to &lt;folder&gt;", _record.Bundles[0].Bundle[MimeBundle.Html], StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_drawn_at_most_ten_times_a_second_and_its_last_state_always()
    {
        for (var i = 1; i <= 2_000; i++)
        {
            Draw("embedding", i, 2_000, isFinal: i == 2_000);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(_record.Events.Count, 15, 22);
        Assert.StartsWith("show embedding [", _record.Events[0], StringComparison.Ordinal);
        Assert.All(_record.Events.Skip(1), line => Assert.StartsWith("update ", line, StringComparison.Ordinal));
        Assert.Contains("2,000 of 2,000 texts", _record.Events[^1], StringComparison.Ordinal);
        Assert.Contains("width:100%", _record.Bundles[^1].Bundle[MimeBundle.Html], StringComparison.Ordinal);
        Assert.Single(_record.Bundles.Select(bundle => bundle.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Hundreds_of_short_stages_stay_one_small_display()
    {
        for (var i = 0; i < 300; i++)
            Draw($"stage {i}", 1, 1, isFinal: true);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, _record.Events.Count);
        var lines = _record.Events[^1].Split('\n');
        Assert.Equal(1 + NotebookProgress.MaxStages, lines.Length);
        Assert.Equal("update 288 earlier stages", lines[0]);
        Assert.StartsWith("stage 299 [", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "embedding: failed at 3 of 10 texts")]
    [InlineData(true, "embedding: interrupted at 3 of 10 texts")]
    public void A_stage_that_the_cell_s_end_cuts_off_says_why(bool wasInterrupted, string expected)
    {
        Draw("reading", 10, 10, isFinal: true);
        Draw("embedding", 3, 10, isFinal: true);
        _display.Close(new CellOutcome(new CellError("Error", "it broke", []), wasInterrupted));
        Draw("embedding", 4, 10, isFinal: false);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains(expected, _record.Events[^1], StringComparison.Ordinal);
        Assert.Contains("reading [########################] 10 of 10", _record.Events[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_ends_well_changes_nothing_that_is_drawn_already()
    {
        Draw("reading", 10, 10, isFinal: true);
        var before = _record.Events.Count;

        _display.Close(CellOutcome.Done);

        Assert.Equal(before, _record.Events.Count);
    }

    [Fact]
    public void Stages_after_something_else_stand_below_it()
    {
        Draw("reading", 10, 10, isFinal: true);
        _display.Note("read");
        Draw("embedding", 1, 10, isFinal: false);

        Assert.Equal(["show reading", "show read", "show embedding"], _record.Events.Select(line => line.Split(" [")[0]));
        Assert.NotEqual(_record.Bundles[0].Id, _record.Bundles[2].Id);
    }

    private void Draw(string stage, long done, long total, bool isFinal) =>
        _display.Progress.Draw(new WorkProgress(stage, done, total, "texts"), TimeSpan.FromSeconds(2), isFinal);
}
