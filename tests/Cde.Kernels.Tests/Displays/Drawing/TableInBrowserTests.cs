using System.Diagnostics;
using System.Net;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Testing;

namespace Cde.Kernels.Tests.Displays.Drawing;

/// <summary>Tables are paged and sorted by style alone: whether that works only a browser can tell.</summary>
public class TableInBrowserTests
{
    // Told by the page itself: the numbers in the rows that have a height, from top to bottom, after each click.
    private const string Probe =
        """
        <pre id="seen"></pre><script>
        const seen = [];
        function look(what) {
          const rows = [...document.querySelectorAll('tbody > tr')].map(tr => tr.children[0]).filter(td => td.getBoundingClientRect().height > 1);
          rows.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
          seen.push(what + ': ' + rows.map(td => td.textContent).join(' '));
        }
        function click(end) { document.querySelector('label[for$="' + end + '"]').click(); look(end); }
        look('first');
        CLICKS.forEach(click);
        document.getElementById('seen').textContent = seen.join('\n');
        </script>
        """;

    [Fact]
    public void Rows_move_when_a_reader_sorts_and_turns_pages()
    {
        var rows = Enumerable.Range(0, 45).Select(i => new { Even = i % 2, Name = $"n{(char)('a' + ((i * 7) % 26))}" }).ToList();
        var html = Formatter.Format(rows)[MimeBundle.Html];

        var seen = Look(html, "-p1", "-p2", "-k2", "-p0", "-k1", "-k3", "-k0");

        var all = Enumerable.Range(0, 45).ToList();
        var byName = all.OrderBy(i => rows[i].Name, StringComparer.Ordinal).ToList();
        var byEven = all.OrderBy(i => rows[i].Even).ToList();
        Assert.Equal(
        [
            Line("first", all[..20]), Line("-p1", all[20..40]), Line("-p2", all[40..]),
            Line("-k2", Enumerable.Reverse(byEven).ToList()[40..]), Line("-p0", Enumerable.Reverse(byEven).ToList()[..20]),
            Line("-k1", byEven[..20]), Line("-k3", byName[..20]), Line("-k0", all[..20]),
        ], seen);

        static string Line(string what, List<int> shown) => $"{what}: {string.Join(' ', shown)}";
    }

    private static string[] Look(string html, params string[] clicks)
    {
        var browser = new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, "there is no chromium on this machine");
        using var folder = new TemporaryFolder();
        var page = Path.Combine(folder.Path, "page.html");
        File.WriteAllText(page, "<!DOCTYPE html><meta charset=utf-8>" + html + Probe.Replace("CLICKS", $"[{string.Join(',', clicks.Select(click => $"'{click}'"))}]", StringComparison.Ordinal));
        using var process = Process.Start(new ProcessStartInfo(browser!)
        {
            ArgumentList = { "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + Path.Combine(folder.Path, "profile"), "--dump-dom", "file://" + page },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        const string mark = "<pre id=\"seen\">";
        var start = dom.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        return WebUtility.HtmlDecode(dom[start..dom.IndexOf("</pre>", start, StringComparison.Ordinal)]).Split('\n');
    }
}
