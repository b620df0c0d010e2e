using Cde.Kernels.Commands;
using Cde.Kernels.Shell;

namespace Cde.Kernels.Tests.Shell;

public class ShellParserTests
{
    private static readonly SearchCommand Search = new();

    [Fact]
    public void Words_fill_the_options_and_the_rest_keep_their_defaults()
    {
        var options = (SearchOptions)ShellParser.Parse(Search, ["--top", "3", "two words", "--method=bm25", "--json", "--context-size", "7"]);

        Assert.Equal(new SearchOptions { Query = "two words", Top = 3, Method = "bm25", Json = true, ContextSize = 7 }, options);
    }

    [Theory]
    [InlineData("@Component")]
    [InlineData("a=b")]
    [InlineData("[suggest]")]
    [InlineData("- dash first")]
    [InlineData("")]
    public void Any_text_can_be_an_argument(string text)
    {
        Assert.Equal(text, ((SearchOptions)ShellParser.Parse(Search, ["--top", "3", "--", text])).Query);
    }

    [Fact]
    public void A_repeated_option_is_a_list()
    {
        var options = (EvaluateOptions)ShellParser.Parse(new EvaluateCommand(), ["--measures", "nDCG@10", "--measures", "P@5"]);

        Assert.Equal(["nDCG@10", "P@5"], options.Measures);
    }

    [Fact]
    public void Every_default_passes_its_own_range_and_choices() =>
        Assert.All(CommandCatalog.Own.SelectMany(command => command.Parameters), parameter =>
        {
            if (parameter.DefaultText.Length > 0 && !parameter.IsRepeated)
                Assert.Equal(parameter.Default, parameter.Convert(parameter.DefaultText));
        });

    [Fact]
    public void Choices_and_option_names_complete()
    {
        Assert.Equal(["bm25", "dense", "hybrid"], ShellParser.Complete(Search, ["--method", ""]).Order());
        Assert.Contains("cde-mini", ShellParser.Complete(Search, ["--model", "cde"]));
        Assert.Contains("--context-size", ShellParser.Complete(Search, ["--con"]));
    }
}
