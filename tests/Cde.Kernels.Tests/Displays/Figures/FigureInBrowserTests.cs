using Cde.Testing;
using Cde.Workbench.Figures;

namespace Cde.Kernels.Tests.Displays.Figures;

/// <summary>What a reader sees and does with figures, in a browser without a network.</summary>
public sealed class FigureInBrowserTests(FigureBrowser browser) : IClassFixture<FigureBrowser>
{
    // Texts that are shown and cross another text or leave the figure.
    private const string Clashes =
        """
        () => {
          const svg = document.querySelector('.cde-fig .cde-body>svg'), around = svg.getBoundingClientRect();
          const texts = [...svg.querySelectorAll('text')].filter(text => text.getClientRects().length && text.textContent && text.checkVisibility());
          const boxes = texts.map(text => ({ name: text.textContent, box: text.getBoundingClientRect() }));
          const found = [];
          boxes.forEach(({ name, box }, i) => {
            if (box.left < around.left - 1 || box.right > around.right + 1 || box.top < around.top - 1 || box.bottom > around.bottom + 1)
              found.push(`${name} leaves the figure`);
            for (const other of boxes.slice(0, i)) {
              if (Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > 1 && Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) > 3)
                found.push(`${name} and ${other.name}`);
            }
          });
          return found;
        }
        """;

    public static TheoryData<string, bool> Looks => [.. FigureExamples.All.Keys.SelectMany(name => new[] { (name, false), (name, true) })];

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task A_figure_starts_and_no_text_crosses_another(string name, bool isDark)
    {
        await using var page = await browser.OpenAsync(FigureExamples.All[name]().ToHtml(), isDark);
        await page.DrawnAsync();
        await FigureBrowser.PictureAsync(page, $"{name}-{(isDark ? "dark" : "light")}");

        Assert.Empty(await page.Page.EvaluateAsync<string[]>(Clashes));
        Assert.Equal(1, await page.Page.Locator(".cde-tip").CountAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Text_stands_out_from_the_page_in_both_themes(bool isDark)
    {
        await using var page = await browser.OpenAsync(FigureExamples.All["metrics"]().ToHtml(), isDark);

        var contrast = await page.Page.EvaluateAsync<double>(
            """
            () => {
              const light = colour => colour.match(/[\d.]+/g).slice(0, 3).map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const back = light(getComputedStyle(document.querySelector('.cde-fig')).backgroundColor);
              return Math.min(...[...document.querySelectorAll('.cde-fig text')].map(text => {
                const front = light(getComputedStyle(text).fill);
                return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
              }));
            }
            """);

        Assert.True(contrast >= 4.5, $"contrast {contrast:f1} (WCAG 2.2 asks for 4.5)");
    }

    [Theory]
    [InlineData("data-jp-theme-light='false' style='--jp-layout-color0:#111111;--jp-content-font-color1:#eeeeee'", false, "rgb(17, 17, 17)", "rgb(238, 238, 238)", true)]
    [InlineData("data-jp-theme-light='true' style='--jp-layout-color0:#fafafa;--jp-content-font-color1:#222222'", true, "rgb(250, 250, 250)", "rgb(34, 34, 34)", false)]
    [InlineData("class='vscode-dark' style='--vscode-editor-background:#1e1e1e;--vscode-editor-foreground:#d4d4d4'", false, "rgb(30, 30, 30)", "rgb(212, 212, 212)", true)]
    [InlineData("", true, "rgb(21, 24, 28)", "rgb(227, 232, 238)", true)]
    public async Task A_front_ends_theme_comes_before_the_systems(string theme, bool isSystemDark, string back, string front, bool isDark)
    {
        await using var page = await browser.OpenAsync($"<div {theme}>{FigureExamples.All["metrics"]().ToHtml()}</div>", isSystemDark);

        var colours = await page.Page.EvaluateAsync<string[]>(
            """
            () => [getComputedStyle(document.querySelector('.cde-fig')).backgroundColor, getComputedStyle(document.querySelector('.cde-fig text')).fill,
                   getComputedStyle(document.querySelector('.cde-fig .marks.c0')).color]
            """);

        var series = isDark ? Palette.ColourOnDark(0) : Palette.Colour(0);
        var (red, green, blue) = (Convert.ToInt32(series[1..3], 16), Convert.ToInt32(series[3..5], 16), Convert.ToInt32(series[5..7], 16));
        Assert.Equal([back, front, $"rgb({red}, {green}, {blue})"], colours);
    }

    [Fact]
    public async Task Pointing_at_a_point_tells_its_name_and_text()
    {
        await using var page = await browser.OpenAsync(FigureExamples.Map(600, 12).ToHtml());
        var point = page.Page.Locator(".points circle").First;

        await point.HoverAsync(new() { Force = true });

        var lines = (await page.TipAsync())!.Split('\n');
        Assert.Contains("Member", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Reads the value number", lines[1], StringComparison.Ordinal);
        Assert.Contains("<from> the \"source\" & returns", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wheel_zooms_with_Ctrl_alone_and_a_double_click_shows_all()
    {
        await using var page = await browser.OpenAsync(FigureExamples.Map(600, 12).ToHtml());
        await page.PointAsync(0.3, 0.4);
        await page.Page.Mouse.WheelAsync(0, -300);
        await page.DrawnAsync();
        Assert.Equal(1, await page.ScaleAsync());

        await page.ZoomAsync(-600);
        var zoomed = await page.ScaleAsync();
        await FigureBrowser.PictureAsync(page, "map-zoomed");
        var clashes = await page.Page.EvaluateAsync<string[]>(Clashes);
        var radius = await page.Page.EvaluateAsync<double>("() => document.querySelector('.points circle').getBoundingClientRect().width");
        await page.Page.Mouse.DblClickAsync(300, 300);
        await page.DrawnAsync();

        Assert.InRange(zoomed, 2, 5);
        Assert.Empty(clashes);
        Assert.InRange(radius, 4, 8);
        Assert.Equal(1, await page.ScaleAsync());
    }

    [Fact]
    public async Task Names_of_real_groups_do_not_cross_at_any_zoom()
    {
        await using var page = await browser.OpenAsync(TypesOfThisRuntime().ToHtml());
        await FigureBrowser.PictureAsync(page, "map-of-types");
        Assert.True(await page.Page.Locator(".labels text:visible").CountAsync() > 10);

        foreach (var _ in Enumerable.Range(0, 4))
        {
            Assert.Empty(await page.Page.EvaluateAsync<string[]>(Clashes));
            await page.PointAsync(0.4, 0.6);
            await page.ZoomAsync(-350);
        }
    }

    [Fact]
    public async Task Buttons_zoom_and_dragging_moves()
    {
        await using var page = await browser.OpenAsync(FigureExamples.Map(600, 12).ToHtml());
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "zoom in" }).ClickAsync();
        await page.DrawnAsync();
        var before = await MoveAsync();

        await page.PointAsync(0.5, 0.5);
        await page.Page.Mouse.DownAsync();
        await page.PointAsync(0.6, 0.55);
        await page.Page.Mouse.UpAsync();
        await page.DrawnAsync();

        Assert.Equal(1.6, await page.ScaleAsync(), 3);
        Assert.Equal(64, await MoveAsync() - before, 0.5);
        Task<double> MoveAsync() => page.Page.EvaluateAsync<double>("() => new DOMMatrix(getComputedStyle(document.querySelector('.cde-fig .zoom')).transform).e");
    }

    [Fact]
    public async Task A_click_on_the_legend_hides_a_series_and_another_shows_it()
    {
        await using var page = await browser.OpenAsync(FigureExamples.All["recall"]().ToHtml());
        var (key, line) = (page.Page.Locator(".key[data-s='1']"), page.Page.Locator(".marks[data-s='1'] polyline"));

        await key.ClickAsync();
        Assert.False(await line.IsVisibleAsync());
        Assert.True(await page.Page.Locator(".marks[data-s='0'] polyline").IsVisibleAsync());
        Assert.Equal("false", await key.GetAttributeAsync("aria-pressed"));

        await key.PressAsync("Enter");
        Assert.True(await line.IsVisibleAsync());
    }

    [Fact]
    public async Task A_zoomed_chart_has_new_ticks_without_overlap()
    {
        await using var page = await browser.OpenAsync(FigureExamples.All["training"]().ToHtml());
        await page.PointAsync(0.5, 0.8);

        await page.ZoomAsync(-900);
        await FigureBrowser.PictureAsync(page, "training-zoomed");

        var ticks = await page.Page.Locator(".axis-x text").AllTextContentsAsync();
        Assert.True(ticks.Count >= 3, string.Join(' ', ticks));
        Assert.All(ticks, tick => Assert.InRange(double.Parse(tick, System.Globalization.CultureInfo.InvariantCulture), 500, 1_000));
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(Clashes));
    }

    [Fact]
    public async Task Lines_tell_their_values_at_the_pointer()
    {
        await using var page = await browser.OpenAsync(FigureExamples.All["recall"]().ToHtml());

        await page.PointAsync(0.667, 0.9); // two thirds of three decades

        var expected = ((LineChart)FigureExamples.All["recall"]()).Series.Select(series => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{series.Name}: {series.Y[6]:g6}"));
        Assert.Equal(expected.Prepend("k 100"), (await page.TipAsync())!.Split('\n'));
    }

    [Fact]
    public async Task A_picture_of_many_cells_tells_the_value_under_the_pointer()
    {
        var values = new float[64, 64];
        values[16, 48] = 0.25f;
        await using var page = await browser.OpenAsync(new HeatMap { Title = "many", Values = values }.ToHtml());

        await page.PointAsync(48.5 / 64, 16.5 / 64);

        Assert.Equal("cosine 0.2500\nrow 16 × column 48", await page.TipAsync());
    }

    [Fact]
    public async Task Several_figures_on_a_page_work_apart_and_leave_nothing_global()
    {
        var (first, second) = (FigureExamples.All["recall"]().ToHtml(), FigureExamples.All["metrics"]().ToHtml());
        await using var page = await browser.OpenAsync(first + second + first, prelude: "window.names = new Set([...Object.getOwnPropertyNames(window), 'names'])");

        await page.Page.Locator(".cde-fig").Nth(2).Locator(".key[data-s='0']").ClickAsync();

        Assert.True(await page.Page.Locator(".cde-fig").Nth(0).Locator(".marks[data-s='0'] polyline").IsVisibleAsync());
        Assert.False(await page.Page.Locator(".cde-fig").Nth(2).Locator(".marks[data-s='0'] polyline").IsVisibleAsync());
        Assert.Equal(3, await page.Page.Locator(".cde-tip").CountAsync());
        Assert.Equal("[]", await page.Page.EvaluateAsync<string>("() => JSON.stringify(Object.getOwnPropertyNames(window).filter(name => !names.has(name) && isNaN(name)))"));
        Assert.Equal(0, await page.Page.Locator(".cde-fig [id]").CountAsync());
    }

    [Fact]
    public async Task Without_script_the_drawing_stands()
    {
        await using var page = await browser.OpenAsync(FigureExamples.Map(20_000, 12).ToHtml(), hasScript: false);

        Assert.Equal(ScatterMap.DrawnPoints, await page.Page.Locator(".points circle").CountAsync());
        Assert.True(await page.Page.Locator("text.sampled").IsVisibleAsync());
        Assert.Equal(0, await page.Page.Locator("canvas").CountAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_points_are_all_drawn_told_and_hidden_by_the_legend(bool isDark)
    {
        var map = FigureExamples.Map(20_000, 12);
        await using var page = await browser.OpenAsync(map.ToHtml(), isDark);
        await page.DrawnAsync();
        await FigureBrowser.PictureAsync(page, $"map-canvas-{(isDark ? "dark" : "light")}");
        Assert.Equal(0, await page.Page.Locator(".points circle").CountAsync());
        Assert.Equal("20,000 points", await page.Page.Locator("text.sampled").TextContentAsync());
        var all = await InkAsync();

        var hover = Enumerable.Range(0, map.X.Count).First(point => map.Groups[point] == 5);
        var frame = MapPlace(map, hover);
        await page.PointAsync(frame.X, frame.Y);
        await page.Page.WaitForFunctionAsync("() => true");
        await page.Page.WaitForTimeoutAsync(200); // the texts are unpacked when they are first asked for
        await page.PointAsync(frame.X + 0.0005, frame.Y);
        var tip = await page.TipAsync();
        foreach (var series in map.Groups.Distinct().Where(group => group != 5))
            await page.Page.Locator($".key[data-s='{series}']").ClickAsync();
        await page.DrawnAsync();
        var alone = await InkAsync();

        Assert.NotNull(tip);
        Assert.Contains("Reads the value number", tip, StringComparison.Ordinal);
        Assert.True(alone > 50 && alone < all / 3, $"{alone} of {all} pixels");

        Task<int> InkAsync() => page.Page.EvaluateAsync<int>(
            """
            () => {
              const canvas = document.querySelector('canvas').cloneNode(), pen = canvas.getContext('2d', { willReadFrequently: true }), drawn = pen.drawImage(document.querySelector('canvas'), 0, 0), data = new Uint32Array(pen.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
              const back = data[canvas.width * (canvas.height - 3) + 3];
              return data.reduce((sum, pixel) => sum + (pixel !== back ? 1 : 0), 0);
            }
            """);
    }

    // Public types by namespace: real names, groups of very unequal size that lie over each other.
    private static ScatterMap TypesOfThisRuntime()
    {
        var types = new[] { typeof(object), typeof(Uri), typeof(Enumerable), typeof(System.Xml.XmlReader), typeof(System.Net.Http.HttpClient), typeof(System.Text.Json.JsonSerializer) }
            .SelectMany(type => type.Assembly.GetExportedTypes()).Where(type => type.Namespace is not null).OrderBy(type => type.FullName, StringComparer.Ordinal).ToList();
        var namespaces = types.Select(type => type.Namespace!).Distinct().Order(StringComparer.Ordinal).ToList();
        return new ScatterMap
        {
            Title = $"{types.Count} types by namespace: members against the length of names",
            X = [.. types.Select(type => (float)Math.Log(1 + type.GetMembers().Length) + (namespaces.IndexOf(type.Namespace!) % 7 * 0.3f))],
            Y = [.. types.Select(type => (float)Math.Log(type.Name.Length) + (namespaces.IndexOf(type.Namespace!) % 5 * 0.4f))],
            Groups = [.. types.Select(type => namespaces.IndexOf(type.Namespace!))],
            GroupNames = namespaces,
            Ids = [.. types.Select(type => type.FullName!)],
        };
    }

    // Where a point lies on the plot, in shares, by the rule of equal scales with 14 free pixels around.
    private static (double X, double Y) MapPlace(ScatterMap map, int point)
    {
        var (left, right, low, high) = (map.X.Min(), map.X.Max(), map.Y.Min(), map.Y.Max());
        var scale = Math.Min(612 / (right - left), 492 / (high - low));
        return ((320 + ((map.X[point] - ((left + right) / 2)) * scale)) / 640, (260 - ((map.Y[point] - ((low + high) / 2)) * scale)) / 520);
    }
}
