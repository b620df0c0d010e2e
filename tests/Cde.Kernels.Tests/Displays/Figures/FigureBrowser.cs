using Microsoft.Playwright;

namespace Cde.Kernels.Tests.Displays.Figures;

/// <summary>A browser for the tests of a class, which are skipped where the machine has none.</summary>
public sealed class FigureBrowser : IAsyncLifetime
{
    /// <summary>The folder where pictures go, for a person to look at; nowhere where it is not set.</summary>
    private const string ScreenshotsVariable = "CDE_SCREENSHOTS";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var chromium = new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        if (chromium is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page with the given body. Its scripts' errors fail the test at <see cref="FigurePage.DisposeAsync"/>.</summary>
    /// <param name="body">HTML.</param>
    /// <param name="isDark">Whether the reader's system is dark.</param>
    /// <param name="hasScript">Whether scripts run.</param>
    /// <param name="prelude">A script that runs before the body is there; may be empty.</param>
    internal async Task<FigurePage> OpenAsync(string body, bool isDark = false, bool hasScript = true, string prelude = "")
    {
        Assert.SkipWhen(_browser is null, "needs chromium: sudo apt-get install -y chromium");
        var page = await _browser!.NewPageAsync(new()
        {
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = hasScript,
            ViewportSize = new() { Width = 960, Height = 720 },
            Offline = true,
        });
        var opened = new FigurePage(page);
        await page.SetContentAsync($"<!DOCTYPE html><html><head><meta charset=utf-8><meta name=color-scheme content='light dark'><script>{prelude}</script></head><body>{body}</body></html>");
        return opened;
    }

    /// <summary>Writes a picture of the page where pictures are wanted.</summary>
    internal static async Task PictureOfPageAsync(FigurePage page, string name)
    {
        if (Environment.GetEnvironmentVariable(ScreenshotsVariable) is { Length: > 0 } folder)
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    /// <summary>Writes a picture of the figure where pictures are wanted.</summary>
    internal static async Task PictureAsync(FigurePage page, string name)
    {
        if (Environment.GetEnvironmentVariable(ScreenshotsVariable) is { Length: > 0 } folder)
            await page.Page.Locator(".cde-fig").First.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }
}
