using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Displays.Registrations;

public sealed class FormatterTests : IDisposable
{
    private interface INamed;

    public void Dispose() => Formatter.ResetToDefault();

    [Fact]
    public void Every_value_has_html_and_plain_text()
    {
        foreach (var value in new object?[] { null, 1, "text", new Cat("Tom"), new[] { 1 }, new Dictionary<int, int>(), typeof(int), Task.CompletedTask })
            Assert.Equal([MimeBundle.Html, MimeBundle.PlainText], Formatter.Format(value).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_most_specific_registration_wins_whatever_came_last()
    {
        Formatter.Register<Cat>(_ => "cat");
        Formatter.Register<Animal>(_ => "animal");
        Formatter.Register<INamed>(_ => "named");
        Formatter.Register<object>(_ => "object");

        Assert.Equal("cat", new Cat("Tom").ToDisplayString());
        Assert.Equal("animal", new Dog("Rex").ToDisplayString());
        Assert.Equal("named", new Rock().ToDisplayString());
        Assert.Equal("object", 1.ToDisplayString());
    }

    [Fact]
    public void Among_equals_the_latest_wins()
    {
        Formatter.Register<Cat>(_ => "first");
        Formatter.Register<Cat>((cat, writer) => writer.Write($"second {cat.Name}"));

        Assert.Equal("second Tom", new Cat("Tom").ToDisplayString());
    }

    [Fact]
    public void Open_generic_types_take_every_type_they_close_to_and_closed_ones_win()
    {
        Formatter.Register(typeof(List<>), _ => "some list");
        Formatter.Register(typeof(IEnumerable<>), _ => "some sequence");
        Formatter.Register(typeof(List<int>), (_, writer) => writer.Write("list of int"));

        Assert.Equal("some list", new List<string>().ToDisplayString());
        Assert.Equal("list of int", new List<int>().ToDisplayString());
        Assert.Equal("some sequence", new HashSet<int>().ToDisplayString());
    }

    [Fact]
    public void Forms_are_registered_one_by_one()
    {
        Formatter.Register<Cat>(cat => $"<b>{Html.Encode(cat.Name)}</b>", MimeBundle.Html);

        var bundle = Formatter.Format(new Cat("<Tom>"));

        Assert.Equal("<b>&lt;Tom&gt;</b>", bundle[MimeBundle.Html]);
        Assert.Equal("FormatterTests.Cat\n  Name: <Tom>", bundle[MimeBundle.PlainText]);
    }

    [Fact]
    public void A_formatter_is_used_inside_tables_and_trees()
    {
        Formatter.Register<Cat>(cat => $"<b>{Html.Encode(cat.Name)}</b>", MimeBundle.Html);
        Formatter.Register<Dog>(dog => $"dog {dog.Name}");

        var bundle = Formatter.Format(new { Pets = new Animal[] { new Cat("<T>"), new Dog("R") }, Best = new Cat("U") });

        Assert.Contains("<b>&lt;T&gt;</b>", bundle[MimeBundle.Html], StringComparison.Ordinal);
        Assert.Contains("<td>dog R</td>", bundle[MimeBundle.Html], StringComparison.Ordinal);
        Assert.Contains("0  <T>", bundle[MimeBundle.PlainText], StringComparison.Ordinal);
        Assert.Contains("1  dog R", bundle[MimeBundle.PlainText], StringComparison.Ordinal);
        Assert.Contains("Best:\n    U", bundle[MimeBundle.PlainText], StringComparison.Ordinal);
    }

    [Fact]
    public void Preferred_media_types_replace_the_default()
    {
        Formatter.SetPreferredMimeTypesFor(typeof(Animal), "application/json");
        Formatter.SetPreferredMimeTypesFor(typeof(Dog), "text/plain");

        Assert.Equal("{\"Name\":\"Tom\"}", Formatter.Format(new Cat("Tom"))["application/json"]);
        Assert.Equal([MimeBundle.PlainText], Formatter.Format(new Dog("Rex")).Keys);
        Assert.Contains(MimeBundle.Html, Formatter.Format(1).Keys);
    }

    [Fact]
    public void Html_and_json_at_once_are_refused()
    {
        Assert.Throws<CdeException>(() => Formatter.SetPreferredMimeTypesFor(typeof(Cat), "text/html", "application/json"));
        var failure = Assert.Throws<CdeException>(() => Formatter.Format(1, "text/html", "application/json"));
        Assert.Contains("JupyterLab would show the JSON alone", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_without_a_formatter_is_refused_with_the_way_out()
    {
        var failure = Assert.Throws<CdeException>(() => Formatter.Format(new Cat("Tom"), "text/latex"));

        Assert.Equal("there is no formatter of FormatterTests.Cat for text/latex; Formatter.Register adds one", failure.Message);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("text/ html")]
    [InlineData("")]
    [InlineData("a/b/c")]
    public void A_media_type_has_two_words(string mimeType) => Assert.Throws<CdeException>(() => Formatter.Register<Cat>(_ => "", mimeType));

    [Fact]
    public void A_formatter_that_fails_says_so_in_place_of_the_value()
    {
        Formatter.Register<Cat>(_ => throw new InvalidOperationException("no <cat>"), MimeBundle.Html);

        Assert.Equal("the formatter of FormatterTests.Cat for text/html failed: InvalidOperationException: no &lt;cat&gt;", Formatter.Format(new Cat("Tom"))[MimeBundle.Html]);
    }

    [Fact]
    public void A_formatter_that_formats_the_same_value_again_ends()
    {
        Formatter.Register<Cat>(cat => $"({cat.ToDisplayString()})");

        Assert.StartsWith("((((", new Cat("Tom").ToDisplayString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reset_forgets_registrations_and_settings()
    {
        Formatter.Register<Cat>(_ => "cat");
        Formatter.SetPreferredMimeTypesFor(typeof(Cat), "text/plain");
        (Formatter.ListExpansionLimit, Formatter.RecursionLimit, Formatter.DefaultMimeType, Formatter.NullString) = (3, 1, "text/plain", "nothing");

        Formatter.ResetToDefault();

        Assert.Equal((20, 6, "text/html", "null"), (Formatter.ListExpansionLimit, Formatter.RecursionLimit, Formatter.DefaultMimeType, Formatter.NullString));
        Assert.Equal("FormatterTests.Cat\n  Name: Tom", new Cat("Tom").ToDisplayString());
        Assert.Contains(MimeBundle.Html, Formatter.Format(new Cat("Tom")).Keys);
    }

    [Fact]
    public void Registration_and_formatting_go_on_side_by_side()
    {
        Parallel.For(0, 400, i =>
        {
            if (i % 4 == 0)
                Formatter.Register<Cat>(_ => "cat");
            else
                Assert.Contains(new Cat("Tom").ToDisplayString(), new[] { "cat", "FormatterTests.Cat\n  Name: Tom" });
        });
    }

    private class Animal(string name) : INamed
    {
        public string Name { get; } = name;
    }

    private sealed class Cat(string name) : Animal(name);

    private sealed class Dog(string name) : Animal(name);

    private sealed class Rock : INamed;
}
