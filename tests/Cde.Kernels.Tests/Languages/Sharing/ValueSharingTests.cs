using System.Text.Json;
using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Languages.Sharing;

public class ValueSharingTests
{
    private readonly ValueLanguage _values = new();

    [Fact]
    public async Task An_object_passes_by_reference()
    {
        int[] numbers = [1, 2];
        var other = new ValueLanguage();
        await _values.SetAsync("numbers", numbers);

        await ValueSharing.ShareAsync(_values, "numbers", other, "renamed");

        Assert.Same(numbers, ValueSharing.Take(other, "renamed").Value);
    }

    [Fact]
    public async Task A_media_type_asks_for_a_copy_in_that_form()
    {
        var other = new ValueLanguage();
        await _values.SetAsync("pair", new { a = 1, b = "<x>" });

        await ValueSharing.ShareAsync(_values, "pair", other, "json", "application/json");
        await ValueSharing.ShareAsync(_values, "pair", other, "text", "text/plain");
        await ValueSharing.SetAsync(other, "html", "<x>", "text/html");

        Assert.Equal(1, ((JsonElement)ValueSharing.Take(other, "json").Value!).GetProperty("a").GetInt32());
        Assert.Equal("""{"a":1,"b":"\u003Cx\u003E"}""", ValueSharing.Take(other, "text").Value);
        Assert.Equal("&lt;x&gt;", ValueSharing.Take(other, "html").Value);
    }

    [Fact]
    public async Task A_reference_is_resolved_in_its_language_or_in_the_lines_own()
    {
        var own = new Named("csharp", ["c#"]);
        await own.SetAsync("total", 7);
        await _values.SetAsync("total", 8);

        Assert.Equal(7, ValueSharing.Resolve("@total", [own, _values], own));
        Assert.Equal(7, ValueSharing.Resolve("@C#:total", [own, _values], _values));
        Assert.Equal(8, ValueSharing.Resolve("@value:total", [own, _values], own));
        Assert.Equal("8", ValueSharing.Resolve("@value:total", [own, _values], own, "text/plain"));
    }

    [Theory]
    [InlineData("@vlue:total", "there is no language \"vlue\"; did you mean value?")]
    [InlineData("@value:totl", "value has no variable \"totl\"; did you mean total?")]
    [InlineData("total", "\"total\" names no variable: write @name, or @language:name such as @csharp:total")]
    public void What_is_not_there_is_named_with_the_nearest(string reference, string message)
    {
        _values.Keep("total", "8");

        Assert.Equal(message, Assert.Throws<CdeException>(() => ValueSharing.Resolve(reference, [_values], _values)).Message);
    }

    [Fact]
    public async Task An_unknown_form_is_refused_with_those_there_are()
    {
        var error = await Assert.ThrowsAsync<CdeException>(() => ValueSharing.SetAsync(_values, "x", 1, "image/png"));

        Assert.Equal("x cannot be taken as \"image/png\"; known: application/json, text/plain, text/html", error.Message);
    }

    [Theory]
    [InlineData(1.5, "1.5")]
    [InlineData(true, "true")]
    [InlineData(null, "")]
    [InlineData(new[] { 1, 2 }, "[1,2]")]
    public void Text_forms_are_the_same_in_every_culture(object? value, string text) => Assert.Equal(text, ValueForms.AsText(value, "x"));

    private sealed class Named(string name, string[] aliases) : ILanguage, IVariables
    {
        private readonly ValueLanguage _store = new();

        public string Name => name;

        public IReadOnlyList<string> Aliases => aliases;

        public string DisplayName => name;

        public Task<CellValue?> RunAsync(string code, Cde.Kernels.Cells.CellContext cell) => throw new NotSupportedException();

        public IReadOnlyList<Variable> List() => _store.List();

        public bool TryGet(string name, out Variable variable) => _store.TryGet(name, out variable);

        public Task SetAsync(string name, object? value, Type? type = null) => _store.SetAsync(name, value, type);
    }
}
