using Cde.Kernels.Directives;

namespace Cde.Kernels.Tests.Directives.Grammar;

public class DirectiveLineTests
{
    [Theory]
    [InlineData("#!cde context build", "Name:#!cde Text:context Text:build")]
    [InlineData("#!cde embed  --seed 7\t--json ", "Name:#!cde Text:embed Option:--seed Text:7 Option:--json")]
    [InlineData("#!x --seed=7 --out= --a=\"b c\"", "Name:#!x Option:--seed =Text:7 Option:--out =Text: Option:--a =Quoted:b c")]
    [InlineData("#!x -h -1 -.5 - --", "Name:#!x Option:-h Text:-1 Text:-.5 Text:- EndOfOptions:--")]
    [InlineData("#!x -- --seed", "Name:#!x EndOfOptions:-- Text:--seed")]
    [InlineData("#!x 'a b", "Name:#!x Text:'a Text:b")]
    [InlineData("#!x user@host a\"b", "Name:#!x Text:user@host Text:a\"b")]
    public void Words_are_split_at_blanks_and_told_apart(string line, string expected) => Assert.Equal(expected, Words(line));

    [Theory]
    [InlineData("""#!x "say \"hi\" \u00e9\t!" """, "say \"hi\" é\t!")]
    [InlineData("""#!x "C:\temp\new folder" """, @"C:\temp\new folder")]
    [InlineData("""#!x "C:\temp\" next""", @"C:\temp\")]
    [InlineData("""#!x "C:\\temp\\new" """, @"C:\temp\new")]
    [InlineData("""#!x "\\server\new" """, @"\\server\new")]
    [InlineData("""#!x "\\\\server\\new" """, @"\\server\new")]
    [InlineData("""#!x "a\d+\" b" """, "a\\d+\" b")]
    [InlineData("#!x \"\"", "")]
    [InlineData("#!x \"\"\"say \"hi\" \\n\"\"\"\"", "say \"hi\" \\n\"")]
    [InlineData("#!x \"\"\"\"\"\"", "")]
    public void Quoted_texts_keep_what_people_mean(string line, string expected)
    {
        var word = DirectiveLine.Parse(line).Words[1];

        Assert.Equal((DirectiveWordKind.Quoted, expected, null), (word.Kind, word.Value, word.Problem));
    }

    [Theory]
    [InlineData("""#!x {"a": "}", "b": [1, {"c": "\"]"}]} y""", """{"a": "}", "b": [1, {"c": "\"]"}]}""")]
    [InlineData("#!x [1, 2] y", "[1, 2]")]
    public void Json_ends_where_its_brackets_close(string line, string expected)
    {
        var words = DirectiveLine.Parse(line).Words;

        Assert.Equal((DirectiveWordKind.Json, expected, null), (words[1].Kind, words[1].Value, words[1].Problem));
        Assert.Equal("y", words[2].Value);
    }

    [Fact]
    public void References_name_variables_and_questions()
    {
        var words = DirectiveLine.Parse("""#!x @docs --a=@fsharp:docs @input @input:"Your name" @password:Key @input:{"prompt":"Secret","type":"password"}""").Words;

        Assert.Equal(
            [
                new VariableReference(new(null, "docs")), new VariableReference(new("fsharp", "docs")), new InputReference("", false), new InputReference("Your name", false),
                new InputReference("Key", true), new InputReference("Secret", true),
            ],
            words.Where(word => word.Kind == DirectiveWordKind.Reference).Select(word => word.Reference));
    }

    [Theory]
    [InlineData("#!x \"open", 5, 5, "no quote closes")]
    [InlineData("#!x \"a\"b", 8, 1, "a blank must stand before")]
    [InlineData("#!x {\"a\": nil}", 12, 1, "not JSON")] // at the i: null could begin so
    [InlineData("#!x {\"é\": nil}", 12, 1, "not JSON")]
    [InlineData("#!x [1, 2}", 10, 1, "not JSON")]
    [InlineData("#!x {\"a\": 1", 5, 7, "no bracket closes")]
    [InlineData("#!x @", 5, 1, "@ needs a variable")]
    [InlineData("#!x @sql: y", 5, 5, "@ needs a variable")]
    [InlineData("#!x @input:[1]", 12, 3, "a prompt is a text or an object")]
    public void A_problem_points_at_the_word_and_names_the_rule(string line, int column, int length, string rule)
    {
        var error = DirectiveLine.Parse(line).FirstProblem()!.Error;

        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.Equal(("UsageError", 1, column), (error.Name, error.Line, error.Column));
        Assert.Equal(["Cell, line 1:", "    " + line, new string(' ', 3 + column) + new string('^', length)], error.Traceback);
    }

    [Fact]
    public void Carets_stand_under_the_word_behind_tabs_and_characters_of_two_units()
    {
        var line = DirectiveLine.Parse("#!x\t\"😀\" bad😀");

        var error = line.Error(line.Words[2], "wrong").Error;

        Assert.Equal("       \t    ^^^^", error.Traceback[2]);
        Assert.Equal(10, error.Column);
    }

    [Theory]
    [InlineData("#!/bin/sh", false)]
    [InlineData("#!", false)]
    [InlineData("#! x", false)]
    [InlineData(" #!x", false)]
    [InlineData("#!c#", true)]
    public void Only_lines_that_begin_with_a_name_are_directives(string line, bool expected) => Assert.Equal(expected, DirectiveLine.Is(line));

    private static string Words(string line) =>
        string.Join(' ', DirectiveLine.Parse(line).Words.Select(word => $"{(word.IsAttached ? "=" : "")}{word.Kind}:{word.Value}"));
}
