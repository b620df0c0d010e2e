using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Languages.FSharp;

[Collection(FSharpCollection.Name)]
public sealed class FSharpServicesTests(FSharpFixture fixture)
{
    private readonly FSharpLanguage _fsharp = fixture.Language;

    [Theory]
    [InlineData("[1; 2] |> List.ma|", "map", "[1; 2] |> List.map")]
    [InlineData("System.Console.Wri| \"x\"", "WriteLine", "System.Console.WriteLine \"x\"")]
    [InlineData("let number = 1\nnumb|\n", "number", "let number = 1\nnumber\n")]
    [InlineData("match 1 wi|th", "with", "match 1 with")]
    [InlineData("printf|", "printfn", "printfn")]
    public async Task What_could_stand_is_offered(string marked, string entry, string completed)
    {
        var (code, position) = Marked(marked);

        var list = await _fsharp.CompleteAsync(code, position, default);

        Assert.Contains(entry, list.Items.Select(item => item.Text));
        Assert.Equal(completed, code[..list.Start] + entry + code[list.End..]);
    }

    [Fact]
    public async Task Declarations_of_earlier_cells_are_offered_with_their_signature()
    {
        await _fsharp.RunAsync("/// Doubles a number.\nlet twiceAsMuch x = 2 * x");

        var entry = Assert.Single((await _fsharp.CompleteAsync("twiceAs", 7, default)).Items);

        Assert.Equal("twiceAsMuch", entry.Text);
        Assert.Equal("val twiceAsMuch: x: int -> int", entry.Description);
    }

    [Theory]
    [InlineData("twiceAsMu|ch 3", "val twiceAsMuch: x: int -> int\n\nDoubles a number.")]
    [InlineData("let local = 1.5\nloc|al", "val local: float")]
    [InlineData("1 | + 1", null)]
    public async Task What_stands_is_explained(string marked, string? text)
    {
        await _fsharp.RunAsync("/// Doubles a number.\nlet twiceAsMuch x = 2 * x");
        var (code, position) = Marked(marked);

        Assert.Equal(text, (await _fsharp.InspectAsync(code, position, default))?.Text);
    }

    [Theory]
    [InlineData("List.ma|p id", "val map: mapping: ('T -> 'U) -> list: 'T list -> 'U list", "Builds a new collection whose elements are the results of applying the given function")]
    [InlineData("System.Console.Write|Line \"x\"", "System.Console.WriteLine(value: string) : unit", "Writes the specified string value, followed by the current line terminator")]
    [InlineData("\"\".Tri|m()", "System.String.Trim() : string", "Removes all leading and trailing white-space characters")]
    [InlineData("Cde.Workbench.NearestNames.Sugg|est", "", "with the known names nearest to the wanted one")]
    public async Task Documentation_of_libraries_is_at_hand(string marked, string signature, string summary)
    {
        var (code, position) = Marked(marked);

        var hover = await _fsharp.InspectAsync(code, position, default);

        Assert.StartsWith(signature, hover!.Text, StringComparison.Ordinal);
        Assert.Contains(summary, hover.Text, StringComparison.Ordinal);
        Assert.StartsWith("```fsharp\n", hover.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("let x = 1", CompletenessStatus.Complete)]
    [InlineData("let f x =\n  x", CompletenessStatus.Complete)]
    [InlineData("", CompletenessStatus.Complete)]
    [InlineData("let x =", CompletenessStatus.Incomplete)]
    [InlineData("fun x ->", CompletenessStatus.Incomplete)]
    [InlineData("(1 + ", CompletenessStatus.Incomplete)]
    [InlineData("[1; 2", CompletenessStatus.Incomplete)]
    [InlineData("\"abc", CompletenessStatus.Incomplete)]
    [InlineData("(* abc", CompletenessStatus.Incomplete)]
    [InlineData("match x with\n| 1 ->", CompletenessStatus.Incomplete)]
    [InlineData("let f x =\n  let y = 1", CompletenessStatus.Incomplete)]
    [InlineData("try\n  1", CompletenessStatus.Incomplete)]
    [InlineData("type T =", CompletenessStatus.Incomplete)]
    [InlineData("let = 3", CompletenessStatus.Invalid)]
    [InlineData("foo bar )", CompletenessStatus.Invalid)]
    public void Unfinished_code_is_told_from_wrong_code(string code, CompletenessStatus status) => Assert.Equal(status, _fsharp.Check(code).Status);

    [Theory]
    [InlineData("let f x =", "    ")]
    [InlineData("let f x =\n  match x with", "      ")]
    [InlineData("(1 +", "")]
    public void More_code_begins_where_it_belongs(string code, string indent) => Assert.Equal(indent, _fsharp.Check(code).Indent);

    private static (string Code, int Position) Marked(string text)
    {
        var position = text.IndexOf('|', text.Contains("|>", StringComparison.Ordinal) ? text.IndexOf("|>", StringComparison.Ordinal) + 2 : 0);
        if (text.StartsWith("match x", StringComparison.Ordinal))
            position = text.LastIndexOf('|');
        return (text.Remove(position, 1), position);
    }
}
