using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Tests.Cells;
using Cde.Workbench;
using static Cde.Kernels.Displays.Notebook;

namespace Cde.Kernels.Tests.Displays.Cells;

public class NotebookTests
{
    private readonly CellRecord _record = new();

    [Fact]
    public void A_displayed_value_is_updated_under_its_id_from_another_cell_too()
    {
        DisplayedValue shown = null!;
        _record.Run(() =>
        {
            shown = display(1);
            shown.Update(2);
        });
        var later = new CellRecord();
        later.Run(() => shown.Update("three"));
        shown.Update(4);

        Assert.Equal(["show 1", "update 2", "update 4"], _record.Events);
        Assert.Equal(["update three"], later.Events);
        Assert.All(_record.Bundles.Concat(later.Bundles), bundle => Assert.Equal(shown.DisplayId, bundle.Id));
        Assert.Equal(4, shown.Value);
    }

    [Fact]
    public void Display_ids_are_unique()
    {
        _record.Run(() => Parallel.For(0, 200, i => display(i)));

        Assert.Equal(200, _record.Bundles.Select(bundle => bundle.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void An_update_keeps_the_media_types_of_the_display()
    {
        _record.Run(() => new { A = 1 }.Display("application/json").Update(new { A = 2 }));

        Assert.All(_record.Bundles, bundle => Assert.Equal(["application/json", "text/plain"], bundle.Bundle.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal("{\"A\":2}", _record.Bundles[1].Bundle["application/json"]);
    }

    [Fact]
    public void Content_is_shown_as_it_is_and_values_are_escaped()
    {
        _record.Run(() =>
        {
            display(HTML("<b>bold</b>"));
            "<b>bold</b>".Display();
            "<i>x</i>".DisplayAs("text/html");
            "# head".DisplayAs("text/markdown");
            display(SVG("<svg><title>a circle</title></svg>"));
            display(Markdown("**strong**"));
        });

        var bundles = _record.Bundles.Select(entry => entry.Bundle).ToList();
        Assert.Equal("<b>bold</b>", bundles[0][MimeBundle.Html]);
        Assert.Contains("&lt;b&gt;bold&lt;/b&gt;", bundles[1][MimeBundle.Html], StringComparison.Ordinal);
        Assert.Equal("<i>x</i>", bundles[2][MimeBundle.Html]);
        Assert.Equal("# head", bundles[3]["text/markdown"]);
        Assert.Equal("<svg><title>a circle</title></svg>", bundles[4][MimeBundle.Html]);
        Assert.Equal("<p><strong>strong</strong></p>", bundles[5][MimeBundle.Html]);
        Assert.Equal(["show bold", "show <b>bold</b>", "show x", "show # head", "show a circle", "show **strong**"], _record.Events);
    }

    [Fact]
    public void A_script_cannot_end_its_own_element()
    {
        _record.Run(() => Javascript("document.title = '</script><b>'"));

        Assert.Equal("<script type=\"text/javascript\">document.title = '<\\/script><b>'</script>", _record.Bundles[0].Bundle[MimeBundle.Html]);
    }

    [Fact]
    public void Input_and_clearing_go_to_the_front_end()
    {
        _record.Answers.Enqueue("ann");
        _record.Answers.Enqueue("secret");
        var read = new List<string>();

        _record.Run(() =>
        {
            read.Add(GetInput("Name?"));
            read.Add(GetPassword());
            Clear();
            Clear(wait: true);
        });

        Assert.Equal(["ann", "secret"], read);
        Assert.Equal(["input Name?", "password Password:", "clear", "clear later"], _record.Events);
    }

    [Fact]
    public void Input_can_be_awaited_as_old_notebooks_do()
    {
        _record.Answers.Enqueue("ann");
        _record.Answers.Enqueue("bob");
        _record.Answers.Enqueue("secret");
        var read = new List<string>();

        _record.Run(() =>
        {
            read.Add(GetInputAsync("Name?").GetAwaiter().GetResult());
            read.Add(Kernel.GetInputAsync("Other?").GetAwaiter().GetResult());
            read.Add(Kernel.GetPasswordAsync().GetAwaiter().GetResult());
        });

        Assert.Equal(["ann", "bob", "secret"], read);
        Assert.Equal(["input Name?", "input Other?", "password Password:"], _record.Events);
    }

    [Fact]
    public void Outside_a_cell_the_error_says_where_displays_work()
    {
        var failure = Assert.Throws<CdeException>(() => display(1));

        Assert.StartsWith("no cell is running here", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_plain_values_reads_no_more_than_one_item_above_its_rows()
    {
        var read = 0;
        _record.Run(() => Endless().DisplayTable(rows: 30));

        Assert.Equal(31, read);
        Assert.Equal(30, _record.Bundles[0].Bundle[MimeBundle.Html].Split("<tr style").Length - 1);

        IEnumerable<int> Endless()
        {
            while (true)
                yield return read++;
        }
    }

    [Fact]
    public void A_sequence_with_progress_passes_every_item_on_and_ends_in_a_full_bar()
    {
        var sum = 0;
        _record.Run(() =>
        {
            foreach (var number in Enumerable.Range(1, 50).WithProgress("adding", "numbers"))
                sum += number;
            foreach (var number in Endless().Take(3).WithProgress("reading"))
                sum += number;
        });

        Assert.Equal(1275, sum);
        Assert.Contains(_record.Events, line => line.Contains("50 of 50 numbers", StringComparison.Ordinal));
        static IEnumerable<int> Endless()
        {
            while (true)
                yield return 0;
        }
    }
}
