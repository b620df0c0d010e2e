using System.Diagnostics;
using System.Text;
using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Pickled;

namespace Cde.Workbench.Tests.Models.Pickled;

public sealed class PickledWeightsTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> HasTorch = new(() => File.Exists(Python) && Run("-c", "import torch") == 0);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void State_dict_is_read_with_its_types_views_and_ties()
    {
        using var weights = PickledWeights.Open(Fixture("state.bin"));
        CheckState(weights);
    }

    [Fact]
    public void State_dict_beside_other_things_is_found()
    {
        using var weights = PickledWeights.Open(Fixture("training.bin"));
        CheckState(weights);
    }

    [Fact]
    public void Module_with_its_metadata_is_read()
    {
        using var weights = PickledWeights.Open(Fixture("module.bin"));
        Assert.Equal(["weight F32 [2, 2]", "bias F32 [2]"], weights.Entries.Select(entry => $"{entry.Key} {entry.Value}"));
        Assert.All(weights.Floats("weight"), value => Assert.InRange(Math.Abs(value), 1e-3, 0.7072)); // uniform within 1 / sqrt(2)
    }

    [Fact]
    public void What_the_installed_torch_writes_is_read()
    {
        Assert.SkipUnless(HasTorch.Value, "no torch in /usr/bin/python3 (Debian: apt install python3-torch)");
        Assert.Equal(0, Run(Path.Combine(TestFolders.Fixtures, "pickled", "make.py"), folder.Path));
        using var weights = PickledWeights.Open(folder["state.bin"]);
        CheckState(weights);
    }

    [Fact]
    public void Code_is_refused_by_its_name_and_not_run()
    {
        var failure = Assert.Throws<CdeException>(() => PickledWeights.Open(Fixture("evil.bin")));
        Assert.Contains("it names posix.system, which only running Python code could make; refused. Convert it where you trust it: python -c", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.False(File.Exists("executed"));
    }

    [Theory]
    [InlineData("legacy.bin", "weights of the form before PyTorch 1.6 are a bare pickle")]
    [InlineData("compressed.bin", "is compressed or encrypted")]
    [InlineData("README.md", "is no zip archive")]
    public void Other_form_is_refused_with_the_way_out(string file, string expected)
    {
        var failure = Assert.Throws<CdeException>(() => PickledWeights.Open(Fixture(file)));
        Assert.Contains(expected, failure.Message);
        Assert.Contains("safetensors", failure.Message);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void Cut_file_is_refused(double share)
    {
        var whole = File.ReadAllBytes(Fixture("state.bin"));
        File.WriteAllBytes(folder["cut.bin"], whole[..(int)(whole.Length * share)]);
        Assert.Contains("has no directory", Assert.Throws<CdeException>(() => PickledWeights.Open(folder["cut.bin"])).Message);
    }

    [Theory]
    [InlineData("cos\nsystem\n(X\u0004\0\0\0truetR.", "it names os.system")]
    [InlineData("c__builtin__\neval\n.", "it names __builtin__.eval")]
    [InlineData("ctorch.storage\n_load_from_bytes\n.", "it names torch.storage._load_from_bytes")]
    [InlineData("ccollections\nOrderedDict\n(K\u0001tR.", "it calls collections.OrderedDict with other arguments")]
    [InlineData("i__builtin__\neval\n.", "opcode 0x69")]
    [InlineData("(K\u0001K\u0002.", "it ends with 3 values")]
    [InlineData("}K\u0001s.", "expects another value")]
    [InlineData("h\u0009.", "it asks for value 9")]
    [InlineData("t.", "ends a group that nothing began")]
    [InlineData("K", "it ends at byte 1 within a value")]
    [InlineData("", "it ends at byte 0 within a value")]
    [InlineData("\u0080\u0001.", "protocol is 1")]
    [InlineData("K\u0001Q.", "no tensor storage")]
    [InlineData("X\u0001\0\0\0\u00ff.", "is not UTF-8")]
    public void Pickle_outside_the_lists_is_refused(string pickle, string expected) =>
        Assert.Contains(expected, Assert.Throws<CdeException>(() => new PickleMachine("x.bin", Encoding.Latin1.GetBytes(pickle)).Run()).Message);

    [Fact]
    public void Model_folder_with_pickles_alone_is_read_whole_or_in_shards()
    {
        File.Copy(Fixture("state.bin"), folder["pytorch_model.bin"]);
        using (var single = SafetensorsSet.OpenFolder(folder.Path))
            CheckState(single);
        File.Move(folder["pytorch_model.bin"], folder["pytorch_model-00001-of-00002.bin"]);
        File.Copy(Fixture("module.bin"), folder["pytorch_model-00002-of-00002.bin"]);
        folder.Write("pytorch_model.bin.index.json", """{"weight_map":{"half":"pytorch_model-00001-of-00002.bin","bias":"pytorch_model-00002-of-00002.bin"}}""");
        using var set = SafetensorsSet.OpenFolder(folder.Path);
        Assert.Equal(["half", "bias"], set.Entries.Keys);
        Assert.Equal([0f, 1f, 2f], set.Floats("half"));
    }

    private static void CheckState(SafetensorsSource weights)
    {
        Assert.Equal(
            ["a.weight F32 [2, 3]", "tied F32 [2, 3]", "half F16 [3]", "transposed F32 [3, 2]", "part F32 [4]", "parameter F32 [2]", "scalar I64 []", "brain BF16 [2]", "empty F32 [0, 3]"],
            weights.Entries.Select(entry => $"{entry.Key} {entry.Value}"));
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], weights.Floats("a.weight"));
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], weights.Floats("tied"));
        Assert.Equal([0f, 1f, 2f], weights.Floats("half"));
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], weights.Floats("transposed"));
        Assert.Equal([4f, 5f, 6f, 7f], weights.Floats("part"));
        Assert.Equal([0.5f, 0.5f], weights.Floats("parameter"));
        Assert.Equal([5L], weights.Integers("scalar"));
        Assert.Equal([1f, 1f], weights.Floats("brain"));
        Assert.Empty(weights.Floats("empty"));
    }

    private static string Fixture(string name) => Path.Combine(TestFolders.Fixtures, "pickled", name);

    private static int Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
