using Cde.Kernels.Cells;
using Cde.Kernels.Directives;

namespace Cde.Kernels.Tests.Directives.Binding;

public class ArgumentBinderTests
{
    private static readonly FakeDirective Directive = new("x");

    [Fact]
    public void Values_go_to_their_parameters_by_name_and_by_position()
    {
        var arguments = Bind("#!x Ada --tag=a --seed 7 --byref --tag b --kind=round");

        Assert.Equal(("Ada", "7", "round"), (arguments.Text("name"), arguments.Text("seed"), arguments.Text("kind")));
        Assert.Equal(["a", "b"], arguments.Values.Where(value => value.Parameter.Name == "tag").Select(value => value.Value!.Value));
        Assert.True(arguments.Has("byref"));
    }

    [Theory]
    [InlineData("#!x --byref=false", false)]
    [InlineData("#!x --byref=true", true)]
    [InlineData("#!x", false)]
    public void A_flag_may_say_true_or_false(string line, bool expected) => Assert.Equal(expected, Bind(line).Has("byref"));

    [Theory]
    [InlineData("#!x --seeed 7", "--seeed", "no option --seeed (did you mean --seed?)")]
    [InlineData("#!x --seeed=7", "--seeed", "did you mean --seed?")]
    [InlineData("#!x --seed", "--seed", "--seed needs a value (TEXT): A number")]
    [InlineData("#!x --seed --byref", "--seed", "needs a value")]
    [InlineData("#!x --seed=", "--seed", "needs a value")]
    [InlineData("#!x --seed 1 --seed 2", "--seed", "--seed is given twice")]
    [InlineData("#!x Ada Lovelace", "Lovelace", "Lovelace is one word too many")]
    [InlineData("#!x --byref=no", "no", "takes no value, or true or false")]
    [InlineData("#!x --kind roundd", "roundd", "not one of round, square (did you mean round?)")]
    public void Wrong_words_are_pointed_at(string line, string word, string rule)
    {
        var error = Assert.Throws<CellFailedException>(() => Bind(line)).Error;

        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.Equal(line.LastIndexOf(word, StringComparison.Ordinal) + 1, error.Column);
        Assert.Equal(word.Length, error.Traceback[2].Count(letter => letter == '^'));
    }

    [Fact]
    public void Help_is_answered_whatever_else_the_line_says() => Assert.True(Bind("#!x too many words --nonsense -h").AsksHelp);

    [Fact]
    public void Behind_two_dashes_nothing_is_an_option() => Assert.Equal("--help", Bind("#!x -- --help").Text("name"));

    private static DirectiveArguments Bind(string line) => ArgumentBinder.Bind(Directive, DirectiveLine.Parse(line));
}
