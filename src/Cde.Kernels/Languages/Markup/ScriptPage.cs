using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cde.Kernels.Languages;

/// <summary>The part of a page that runs one JavaScript cell and shows what it returns, logs and throws.</summary>
internal static class ScriptPage
{
    /// <summary>
    /// Finds the cell's element, gives the code a console that also writes there, and runs it. The first element of the cell's name that has
    /// not run is taken: a page that is loaded again runs equal cells one after another.
    /// </summary>
    private const string Prologue =
        """
        const element = document.querySelector('.cde-NAME:not([data-ran])') ?? document.createElement('div');
        element.dataset.ran = '';
        const write = (parts, isError) => {
          const line = element.appendChild(document.createElement('pre'));
          line.style.cssText = 'margin:0;white-space:pre-wrap' + (isError ? ';color:#b3261e' : '');
          line.textContent = parts.map(part => {
            if (typeof part === 'string' || part instanceof Error) return String(part);
            try { return JSON.stringify(part, null, 2) ?? String(part); } catch { return String(part); }
          }).join(' ');
        };
        const page = globalThis.console;
        const console = Object.assign(Object.create(page), {
          log: (...parts) => { page.log(...parts); write(parts, false); },
          info: (...parts) => { page.info(...parts); write(parts, false); },
          warn: (...parts) => { page.warn(...parts); write(parts, true); },
          error: (...parts) => { page.error(...parts); write(parts, true); },
        });
        """;

    /// <summary>A code that cannot be read reaches nobody: the first script says so until the second, which is read whole or not at all, takes it back.</summary>
    private const string Guard =
        """
        <div class="cde-NAME"><pre style="margin:0;color:#b3261e">The JavaScript of this cell was not run: it has a syntax error (the browser's console names the line), or the page is not trusted.</pre></div>
        """;

    /// <summary>The fragment.</summary>
    /// <param name="code">The cell's code.</param>
    /// <param name="values">Names and JSON of the values that the code uses.</param>
    /// <param name="number">Which JavaScript cell of the session this is.</param>
    public static string Fragment(string code, IEnumerable<(string Name, string Json)> values, int number)
    {
        var name = Name(code, number);
        var script = new StringBuilder();
        script.Append(Guard.Replace("NAME", name, StringComparison.Ordinal)).Append("\n<script>\n(() => {\n");
        script.Append(Prologue.Replace("NAME", name, StringComparison.Ordinal)).Append("\nelement.replaceChildren();\n");
        // The values get a scope of their own: their names may be those of the prologue.
        script.Append("const run = (() => {\n");
        foreach (var (value, json) in values)
            script.Append("let ").Append(value).Append(" = ").Append(json).Append(";\n");
        // Line breaks around the code: it may end in a line comment.
        script.Append("return async () => {\n").Append(Contained(code)).Append("\n};\n})();\n");
        script.Append("run().then(result => { if (result !== undefined) write([result], false); }, error => { page.error(error); write([error], true); });\n");
        return script.Append("})();\n</script>").ToString();
    }

    private static string Name(string code, int number)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(code));
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(hash.AsSpan(0, 5))}-{number}");
    }

    /// <summary>The code with what would end or nest its script element escaped; inside strings, templates and patterns the meaning stays.</summary>
    private static string Contained(string code) =>
        code.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace("<!--", "<\\!--", StringComparison.Ordinal);
}
