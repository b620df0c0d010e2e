using System.Diagnostics;
using System.Text.RegularExpressions;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;
using Cde.Testing;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Languages.Markup;

public class JavaScriptLanguageTests
{
    private readonly JavaScriptLanguage _javaScript = new();
    private readonly RecordedOutput _output = new();

    [Fact]
    public async Task A_value_stands_in_the_cells_that_name_it_and_in_no_other()
    {
        await _javaScript.SetAsync("total", 42);

        await _javaScript.RunAsync("return total + 1", _output);
        await _javaScript.RunAsync("return totals", _output);

        Assert.Contains("let total = 42;", _output.Displays[0][MimeBundle.Html], StringComparison.Ordinal);
        Assert.DoesNotContain("let total", _output.Displays[1][MimeBundle.Html], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("1st")]
    [InlineData("a-b")]
    [InlineData("function")]
    [InlineData("")]
    [InlineData("a\n")]
    public async Task A_name_that_is_no_identifier_is_refused(string name) =>
        await Assert.ThrowsAsync<CdeException>(() => _javaScript.SetAsync(name, 1));

    [Fact]
    public async Task A_value_is_copied_when_it_is_set()
    {
        var list = new List<int> { 1 };
        await _javaScript.SetAsync("list", list);
        list.Add(2);

        await _javaScript.RunAsync("list", _output);

        Assert.Contains("let list = [1];", _output.Displays[0][MimeBundle.Html], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return [a + 1, b.x, n]", "[ 8, \"</script>\", null ]")]
    [InlineData("const a = 1; return a;", "1")]
    [InlineData("return page", "mine")]
    [InlineData("console.log('one', {two: 2}); await Promise.resolve(); return '</script><b>' // end", "one { \"two\": 2 } </script><b>")]
    [InlineData("element.textContent = 'mine'", "mine")]
    [InlineData("throw new Error('broken')", "Error: broken")]
    [InlineData("let = = 3", "The JavaScript of this cell was not run: it has a syntax error (the browser's console names the line), or the page is not trusted.")]
    public async Task A_browser_runs_the_cell_and_shows_what_it_returns_logs_and_throws(string code, string shown)
    {
        await _javaScript.SetAsync("a", 7);
        await _javaScript.SetAsync("b", new { x = "</script>" });
        await _javaScript.SetAsync("n", null);
        await _javaScript.SetAsync("page", "mine");

        await _javaScript.RunAsync(code, _output);

        Assert.Equal(shown, Shown(_output.Displays[0][MimeBundle.Html]));
    }

    [Fact]
    public async Task Equal_cells_of_one_page_each_show_their_own()
    {
        await _javaScript.RunAsync("return 5", _output);
        var html = _output.Displays[0][MimeBundle.Html];

        Assert.Equal("5 5", Shown(html + html));
    }

    /// <summary>The text of the page after a browser has loaded it; skips the test where there is no browser.</summary>
    private static string Shown(string html)
    {
        using var folder = new TemporaryFolder();
        var page = folder.Write("page.html", $"<!DOCTYPE html><meta charset=\"utf-8\"><body>{html}</body>");
        var start = new ProcessStartInfo("chromium", ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder["profile"]}", "--virtual-time-budget=2000", "--dump-dom", page])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string dom;
        try
        {
            using var browser = Process.Start(start)!;
            browser.ErrorDataReceived += (_, _) => { };
            browser.BeginErrorReadLine();
            dom = browser.StandardOutput.ReadToEnd();
            browser.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("no chromium on this machine (Debian: apt install chromium)");
            throw;
        }

        var lines = Regex.Matches(dom[..dom.LastIndexOf("</body>", StringComparison.Ordinal)], "<pre[^>]*>(.*?)</pre>|<div class=\"cde-[^\"]*\"[^>]*>([^<]+)</div>", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value + match.Groups[2].Value);
        return Regex.Replace(System.Net.WebUtility.HtmlDecode(string.Join(' ', lines)), @"\s+", " ").Trim();
    }
}
