using System.Text.Json;
using Cde.Kernels.Cells;
using Cde.Kernels.Directives;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Directives.Grammar;

/// <summary>Lines of the characters that mean something to the grammar.</summary>
public class DirectiveLineProperties
{
    private static readonly Gen<string> Lines = Gen.Elements(
            "a", "-", "--", "=", " ", "\t", "\"", "\"\"\"", "\\", "{", "}", "[", "]", ":", ",", "@", "@input:", "1", "é", "😀", "\ud83d", "\\u12", "C:\\", "null")
        .ArrayOf().Select(parts => "#!x" + string.Concat(parts));

    [Fact]
    public void Words_cover_every_character_that_is_no_blank_and_never_overlap() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Lines.ToArbitrary(), line =>
    {
        var at = 0;
        foreach (var word in DirectiveLine.Parse(line).Words)
        {
            var gap = line[at..word.Start];
            Assert.True(gap == (word.IsAttached ? "=" : "") || (!word.IsAttached && string.IsNullOrWhiteSpace(gap)), $"<{gap}> before <{line[word.Start..word.End]}> in <{line}>");
            Assert.True(word.End >= word.Start && (word.IsAttached || word.End > word.Start));
            if (word.Problem is { } problem)
                Assert.True(word.Start <= problem.Start && problem.Start < problem.End && problem.End <= word.End, $"{problem} outside {word} in <{line}>");
            at = word.End;
        }

        Assert.True(string.IsNullOrWhiteSpace(line[at..]));
    }));

    [Fact]
    public void A_wrong_line_is_an_error_with_a_caret_and_never_another_failure() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Lines.ToArbitrary(), line =>
    {
        try
        {
            ArgumentBinder.Bind(new FakeDirective("x"), DirectiveLine.Parse(line));
        }
        catch (CellFailedException failed)
        {
            Assert.Equal("UsageError", failed.Error.Name);
            Assert.Contains('^', failed.Error.Traceback[2]);
            Assert.InRange(failed.Error.Column, 1, line.Length + 1);
        }
    }));

    [Fact]
    public void A_text_in_json_quotes_comes_back() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        Gen.Elements('a', '"', '\\', ' ', 'é', '\t', '{', '@', '-', '=').ArrayOf().Select(letters => new string(letters)).ToArbitrary(),
        text =>
        {
            // Behind a letter: a text that begins with backslashes may look like \\server\share, whose backslashes stand for themselves.
            text = "a" + text;
            var word = DirectiveLine.Parse("#!x " + JsonSerializer.Serialize(text)).Words[1];
            Assert.Equal((null, text), (word.Problem, word.Value));
        }));
}
