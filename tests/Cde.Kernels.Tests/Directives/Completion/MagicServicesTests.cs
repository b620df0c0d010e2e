using Cde.Kernels.Directives;

namespace Cde.Kernels.Tests.Directives.Completion;

public sealed class MagicServicesTests : IDisposable
{
    private readonly FakeNotebook _notebook = FakeNotebook.Standard();
    private readonly MagicServices _services;

    public MagicServicesTests() => _services = new MagicServices(_notebook);

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("#!|", "#!cde #!set #!fsharp #!f#", "#!")]
    [InlineData("#!ti|", "#!time", "#!ti")]
    [InlineData("#!ti|me", "#!time", "#!time")]
    [InlineData("1;\r\n#!WHO|", "#!who #!whos", "#!WHO")]
    [InlineData("#!cde |", "embed context --help", "")]
    [InlineData("#!cde em|", "embed", "em")]
    [InlineData("#!cde context |", "build show", "")]
    [InlineData("#!cde context b|u", "build", "bu")]
    [InlineData("#!cde embed |", "--corpus --prompt --help", "")]
    [InlineData("#!cde embed --pro|", "--prompt", "--pro")]
    [InlineData("#!cde embed --|", "--prompt --model", "--")]
    [InlineData("#!cde embed --model |", "cde-mini", "")]
    [InlineData("#!cde embed --model=cde|", "cde-mini", "cde")]
    [InlineData("#!cde embed --model=|", "cde-mini", "")]
    [InlineData("#!cde embed --model \"cde|\" --json", "\"cde-mini\"", "\"cde\"")]
    [InlineData("#!cde embed --model \"cde|", "\"cde-mini\"", "\"cde")]
    [InlineData("#!cde search x --method |", "dense bm25", "")]
    [InlineData("#!cde search x --corpus dotnet|", "dotnet-api", "dotnet")]
    [InlineData("#!cde search x --context o|", "own", "o")]
    [InlineData("#!cde embed --as x @|", "@docs @fsharp:words @input @password", "@")]
    [InlineData("#!cde embed --corpus=@d|", "@docs", "@d")]
    [InlineData("#!fsharp\n#!set --value @w|", "@words", "@w")]
    [InlineData("#!set --value @fsharp:|", "@fsharp:words", "@fsharp:")]
    [InlineData("#!set --value @csharp:d|", "@csharp:docs", "@csharp:d")]
    [InlineData("#!set --mime-type text/|", "text/plain text/html", "text/")]
    [InlineData("#!set --byref=|", "true false", "")]
    [InlineData("#!share |", "words --from --as", "")]
    [InlineData("#!share words --from |", "fsharp", "")]
    [InlineData("#!import |", "sub/ setup.csx \"two words.csx\"", "")]
    [InlineData("#!import sub/|", "sub/inner.csx", "sub/")]
    [InlineData("#!import \"two|", "\"two words.csx\"", "\"two")]
    [InlineData("#!help se|", "set", "se")]
    public async Task Completions_offer_what_fits_and_replace_the_word(string marked, string expected, string replaced)
    {
        await PrepareAsync();
        var (cell, position) = Cursor(marked);

        var list = _services.Complete(cell, position);

        Assert.Null(_services.CodeAt(cell, position));
        Assert.Equal(replaced, cell[list.Start..list.End]);
        var texts = list.Items.Select(item => item.Text).ToList();
        foreach (var text in expected.Contains('"', StringComparison.Ordinal) ? [expected[expected.IndexOf('"', StringComparison.Ordinal)..]] : expected.Split(' '))
            Assert.Contains(text, texts);
    }

    [Theory]
    [InlineData("#!cde embed --model x --|", "--model")]
    [InlineData("#!cde embed --model=x |", "--model")]
    [InlineData("#!set --byref --|", "--byref")]
    [InlineData("#!cde |", "reference")]
    [InlineData("#!cde embed -- --|", "--model")]
    [InlineData("#!share words |", "words")]
    [InlineData("#!share --name words |", "words")]
    [InlineData("#!share words --from |", "csharp")]
    [InlineData("#!set --value |", "--name")]
    public async Task Completions_leave_out_what_cannot_stand(string marked, string unwanted)
    {
        await PrepareAsync();
        var (cell, position) = Cursor(marked);

        Assert.DoesNotContain(unwanted, _services.Complete(cell, position).Items.Select(item => item.Text));
    }

    [Fact]
    public async Task An_option_that_may_be_repeated_is_offered_again()
    {
        await PrepareAsync();
        var (cell, position) = Cursor("#!cde evaluate --measures R@10 --mea|");

        Assert.Equal(["--measures"], _services.Complete(cell, position).Items.Select(item => item.Text));
    }

    [Theory]
    [InlineData("#!ti|me", "Measure the rest of the cell", "**#!time**")]
    [InlineData("|#!time", "Measure the rest of the cell", "**#!time**")]
    [InlineData("#!cd|e embed", "Embed a corpus or texts", "| `embed` |")]
    [InlineData("#!cde emb|ed", "usage: #!cde embed [TEXT...] [options]", "| option |")]
    [InlineData("#!cde embed --se|ed 1", "--seed N: Seed of everything", null)]
    [InlineData("#!cde embed --seed 1|", "--seed N: Seed of everything", null)]
    [InlineData("#!cde embed --seed=1|", "--seed N: Seed of everything", null)]
    [InlineData("#!cde embed --json te|xt", "TEXT: Texts to embed", null)]
    [InlineData("#!cde embed --corpus @do|cs", "docs = \"almanac\"", null)]
    [InlineData("#!cde embed --no|pe", "usage: #!cde embed", "| option |")]
    [InlineData("#!cde contxt| build", "context build", "| `embed` |")]
    [InlineData("#!fsh|arp", "usage: #!fsharp", null)]
    public async Task Hover_explains_the_word(string marked, string text, string? markdown)
    {
        await PrepareAsync();
        var (cell, position) = Cursor(marked);

        var hover = _services.Inspect(cell, position)!;

        Assert.Contains(text, hover.Text, StringComparison.Ordinal);
        Assert.Equal(markdown is null, hover.Markdown is null);
        Assert.Contains(markdown ?? "", hover.Markdown ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!time  | x")]
    [InlineData("var a|")]
    [InlineData("#!nonse|nse")]
    public void Hover_of_nothing_is_nothing(string marked)
    {
        var (cell, position) = Cursor(marked);

        Assert.Null(_services.Inspect(cell, position));
    }

    [Theory]
    [InlineData("var a|")]
    [InlineData("#!time\n|")]
    [InlineData("#!/bin/s|h")]
    [InlineData("#! |")]
    [InlineData("|")]
    public void Code_is_left_to_its_language(string marked)
    {
        var (cell, position) = Cursor(marked);

        Assert.Equal(("csharp", cell.Length), (_services.CodeAt(cell, position)!.Language, _services.CodeAt(cell, position)!.Code.Length));
        Assert.Empty(_services.Complete(cell, position).Items);
    }

    private static (string Cell, int Position) Cursor(string marked) => (marked.Replace("|", "", StringComparison.Ordinal), marked.IndexOf('|', StringComparison.Ordinal));

    private async Task PrepareAsync()
    {
        await _notebook.CSharp.SetAsync("docs", "almanac");
        await _notebook.FSharp.SetAsync("words", new List<string> { "a" });
        Directory.CreateDirectory(Path.Combine(_notebook.Folder, "sub"));
        foreach (var file in (string[])["setup.csx", "two words.csx", "sub/inner.csx", ".hidden"])
            await File.WriteAllTextAsync(Path.Combine(_notebook.Folder, file), "", TestContext.Current.CancellationToken);
    }
}
