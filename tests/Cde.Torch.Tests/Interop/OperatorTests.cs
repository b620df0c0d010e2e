using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Cde.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Torch.Tests.Interop;

public sealed partial class OperatorTests
{
    [Fact]
    public void Every_operator_that_the_sources_name_exists_in_this_libtorch()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(TestFolders.Repository, "src", "Cde.Torch"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var calls = sources.SelectMany(path => OperatorCall().Matches(File.ReadAllText(path)))
            .Select(match => (Name: match.Groups[1].Value, Overload: match.Groups[2].Value)).Distinct().ToList();
        Assert.True(calls.Count > 300, $"only {calls.Count} calls found");
        var missing = calls.Where(call => call.Name != "scaled_dot_product_attention" && !Exists(call.Name, call.Overload)).ToList();
        Assert.Empty(missing);
    }

    [Fact]
    public void Unknown_operator_is_named_in_the_exception()
    {
        var failure = Assert.Throws<ExternalException>(() => Operator.Find("no_such_operator", "really"));
        Assert.Equal("this libtorch has no operator aten::no_such_operator.really", failure.Message);
    }

    [Fact]
    public void Missing_argument_is_named_in_the_exception()
    {
        using var a = ones(2);
        var failure = Assert.Throws<ExternalException>(() => Op.Call("mul", "Tensor", a));
        Assert.Equal("aten::mul: argument other is missing", failure.Message);
    }

    [Fact]
    public void Argument_of_the_wrong_kind_is_named_in_the_exception()
    {
        using var a = ones(2);
        var failure = Assert.Throws<ExternalException>(() => Op.Call("transpose", "int", a, "x", 1));
        Assert.Equal("aten::transpose, argument dim0: expected an integer, found string", failure.Message);
    }

    [Fact]
    public void Too_many_arguments_are_refused()
    {
        using var a = ones(2);
        var failure = Assert.Throws<ExternalException>(() => Op.Call("neg", "", a, 1));
        Assert.Equal("aten::neg takes 1 arguments, 2 given", failure.Message);
    }

    [Fact]
    public void Integers_become_floats_lists_and_tensors_where_the_schema_asks()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        Assert.Equal([4f, 6], Op.Call("sum", "dim_IntList", a, 0).data<float>().ToArray());
        Assert.Equal([2f, 3, 4, 5], Op.Call("add", "Tensor", a, 1).data<float>().ToArray());
        Assert.Equal([0.5f, 1, 1.5f, 2], Op.Call("threshold", "", a, -1, 0).mul(0.5).data<float>().ToArray());
    }

    [Fact]
    public void Long_lists_outgrow_the_stack_buffer_without_harm()
    {
        using var scope = NewDisposeScope();
        var many = Enumerable.Range(0, 500).Select(i => full(1, i)).ToArray();
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (long)i), cat(many).data<long>());
        Assert.Equal(500, cat(many).split(1).Length);
    }

    [Fact]
    public void Disposed_tensor_is_refused_before_the_native_side()
    {
        var a = ones(2);
        a.Dispose();
        Assert.Throws<InvalidOperationException>(() => a.neg());
    }

    private static bool Exists(string name, string overload)
    {
        try
        {
            Operator.Find(name, overload);
            return true;
        }
        catch (ExternalException)
        {
            return false;
        }
    }

    [GeneratedRegex("""(?:Op\.(?:Call|CallMany|CallPair|CallBoolean|CallInteger|Mutate)|Operator\.Find|\bMake)\(\s*"(\w+)", "(\w*)"[,)]""")]
    private static partial Regex OperatorCall();
}
