using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Languages.FSharp;

[Collection(FSharpCollection.Name)]
public sealed class FSharpVariablesTests(FSharpFixture fixture)
{
    private readonly FSharpLanguage _fsharp = fixture.Language;

    [Fact]
    public async Task Values_are_listed_by_name_with_their_newest_value()
    {
        await _fsharp.RunAsync("let listed = 1\nlet other = [| 1.5 |]");
        await _fsharp.RunAsync("let listed = \"two\"");

        Assert.True(_fsharp.TryGet("listed", out var variable));
        Assert.Equal(("listed", typeof(string), "two"), (variable.Name, variable.Type, variable.Value));
        Assert.False(_fsharp.TryGet("it", out _));
        Assert.DoesNotContain(_fsharp.List(), value => value.Name is "it" or FSharpSession.ExchangeName);
        Assert.Single(_fsharp.List(), value => value.Name == "listed");
    }

    [Fact]
    public async Task An_object_passes_by_reference_both_ways()
    {
        var list = new List<int> { 1 };
        await _fsharp.SetAsync("shared", list);
        await _fsharp.RunAsync("shared.Add 2\nlet back = shared");

        Assert.Equal([1, 2], list);
        Assert.True(_fsharp.TryGet("back", out var back));
        Assert.Same(list, back.Value);
    }

    public static TheoryData<object?, Type?, string, object?> Values() => new()
    {
        { 3, null, "value + 1", 4 },
        { "x", null, "value.Length", 1 },
        { null, null, "isNull value", true },
        { null, typeof(string), "(value: string) |> isNull", true },
        { (1, "b"), null, "let struct (a, b) = value in b", "b" },
        { new { A = 3 }, null, "(box value).ToString()", "{ A = 3 }" },
        { Enumerable.Range(0, 5).Where(x => x > 2), null, "Seq.length value", 2 },
        { Enumerable.Range(0, 5).Where(x => x > 2), typeof(IEnumerable<int>), "Seq.sum value", 7 },
        { new int[,] { { 1, 2 } }, null, "value.[0, 1]", 2 },
        { new Dictionary<string, List<int>> { ["a"] = [1] }, null, "value.[\"a\"].Count", 1 },
        { new Hidden(), null, "value.Name", "hidden" },
        { new List<Hidden> { new(), new() }, null, "value.[1].Name + string value.Count", "hidden2" },
        { new[] { new { A = 3 } }, null, "value |> Seq.map string |> Seq.head", "{ A = 3 }" },
        { new[] { 1, 2 }.Select(n => new { A = n }), null, "Seq.length value", 2 },
        { (Func<int, int>)(x => x + 1), null, "value.Invoke 3", 4 },
        { new Outer<int>.Inner(), null, "value.ToString().Length > 0", true },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_has_the_most_telling_type_that_code_can_name(object? value, Type? type, string code, object? result)
    {
        await _fsharp.SetAsync("value", value, type);

        Assert.Equal(result, (await _fsharp.RunAsync(code))!.Value);
    }

    [Fact]
    public async Task A_type_of_a_cell_comes_back_as_itself()
    {
        await _fsharp.RunAsync("type Animal = { Name: string }\nlet dog = { Name = \"dog\" }");
        _fsharp.TryGet("dog", out var dog);

        await _fsharp.SetAsync("cat", dog.Value);

        Assert.Equal("dog", (await _fsharp.RunAsync("cat.Name"))!.Value);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("1st")]
    [InlineData("let")]
    [InlineData("_")]
    [InlineData("")]
    public async Task A_name_that_is_none_is_refused(string name) => await Assert.ThrowsAsync<CdeException>(() => _fsharp.SetAsync(name, 1));

    [Fact]
    public async Task A_value_given_up_is_not_kept_alive()
    {
        var given = await GiveUpAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(given.IsAlive);
    }

    // The value is unreachable from here once the method has returned.
    private async Task<WeakReference> GiveUpAsync()
    {
        var value = new Hidden();
        await _fsharp.SetAsync("passing", null, typeof(IDisposable));
        return new WeakReference(value);
    }

    public interface INamed
    {
        string Name { get; }
    }

    public static class Outer<T>
    {
        public sealed class Inner : INamed
        {
            public string Name => typeof(T).Name;
        }
    }

    private sealed class Hidden : INamed
    {
        public string Name => "hidden";
    }
}
