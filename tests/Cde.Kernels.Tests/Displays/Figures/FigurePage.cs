using Microsoft.Playwright;

namespace Cde.Kernels.Tests.Displays.Figures;

/// <summary>A page with figures, and what its scripts complained of.</summary>
internal sealed class FigurePage : IAsyncDisposable
{
    private readonly List<string> _errors = [];

    public FigurePage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _errors.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal))
                _errors.Add($"asked for {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>What the pointer's hint says; null where none is shown.</summary>
    public async Task<string?> TipAsync()
    {
        var tip = Page.Locator(".cde-fig .cde-tip").First;
        return await tip.IsVisibleAsync() ? await tip.InnerTextAsync() : null;
    }

    /// <summary>Waits until what was asked for is drawn.</summary>
    public Task DrawnAsync() => Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

    /// <summary>Moves the pointer to a place of the plot, in shares of its size.</summary>
    public async Task PointAsync(double x, double y)
    {
        var (left, top, width, height) = await PlotAsync();
        await Page.Mouse.MoveAsync((float)(left + (x * width)), (float)(top + (y * height)));
    }

    /// <summary>Turns the wheel with Ctrl.</summary>
    public async Task ZoomAsync(float delta)
    {
        await Page.Keyboard.DownAsync("Control");
        await Page.Mouse.WheelAsync(0, delta);
        await Page.Keyboard.UpAsync("Control");
        await DrawnAsync();
    }

    /// <summary>The scale of what is zoomed.</summary>
    public Task<double> ScaleAsync() =>
        Page.EvaluateAsync<double>("() => new DOMMatrix(getComputedStyle(document.querySelector('.cde-fig .zoom')).transform).a");

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        Assert.Empty(_errors);
    }

    private async Task<(double Left, double Top, double Width, double Height)> PlotAsync()
    {
        var box = await Page.EvaluateAsync<double[]>(
            """
            () => {
              const svg = document.querySelector('.cde-fig .cde-body>svg'), plot = svg.querySelector('.plot') ?? svg, around = svg.getBoundingClientRect();
              const ratio = around.width / svg.viewBox.baseVal.width, of = name => ratio * Number(plot.getAttribute(name) ?? 0);
              return [around.left + of('x'), around.top + of('y'), of('width'), of('height')];
            }
            """);
        return (box[0], box[1], box[2], box[3]);
    }
}
