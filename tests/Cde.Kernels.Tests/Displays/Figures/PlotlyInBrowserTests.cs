using Cde.Kernels.Displays;
using Cde.Testing;
using Cde.Workbench;
using Cde.Workbench.Figures;

namespace Cde.Kernels.Tests.Displays.Figures;

/// <summary>Pages drawn by plotly.js: with a stand-in that writes down what it is given, and with the real one where the machine has it.</summary>
public sealed class PlotlyInBrowserTests(FigureBrowser browser) : IClassFixture<FigureBrowser>
{
    private const string StandIn = "window.Plotly = { newPlot(...given) { window.given = given; } };";

    public static TheoryData<string> Names => [.. FigureExamples.All.Keys];

    [Fact]
    public async Task The_page_gives_plotly_what_the_JSON_says()
    {
        using var folder = new TemporaryFolder();
        var figure = FigureExamples.All["metrics"]();
        var html = await figure.ToPlotlyPageAsync(new PlotlyOptions { Script = folder.Write("plotly.min.js", StandIn) }, TestContext.Current.CancellationToken);

        await using var page = await browser.OpenAsync("");
        await page.Page.SetContentAsync(html);
        var given = await page.Page.EvaluateAsync<string>("() => [given[0], given[1].length, given[1][0].name, given[2].barmode].join(' ')");

        Assert.Equal("figure 3 first run group", given);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Plotly_draws_every_figure(string name)
    {
        string html;
        try
        {
            html = await FigureExamples.All[name]().ToPlotlyPageAsync(cancellation: TestContext.Current.CancellationToken);
        }
        catch (CdeException exception)
        {
            Assert.Skip(exception.Message);
            return;
        }

        await using var page = await browser.OpenAsync("");
        await page.Page.SetContentAsync(html);
        await page.Page.WaitForSelectorAsync("#figure .main-svg");
        await FigureBrowser.PictureOfPageAsync(page, $"plotly-{name}");

        Assert.Equal(FigureExamples.All[name]().Title, await page.Page.Locator("#figure .gtitle").First.EvaluateAsync<string>("title => title.firstChild.textContent"));
    }

    [Fact]
    public void A_notebook_shows_Plotlys_JSON_or_the_drawing_on_request_and_HTML_else()
    {
        var figure = FigureExamples.All["recall"]();

        Assert.Equal(["text/plain", "text/html"], Formatter.Format(figure).Keys);
        Assert.Equal(figure.ToPlotlyJson(), Formatter.Format(figure, "application/vnd.plotly.v1+json")["application/vnd.plotly.v1+json"]);
        Assert.Equal(figure.ToSvg(), Formatter.Format(figure, "image/svg+xml")["image/svg+xml"]);
        Assert.Equal(figure.ToText(), Formatter.Format(figure)["text/plain"].TrimEnd('\n'));
    }
}
