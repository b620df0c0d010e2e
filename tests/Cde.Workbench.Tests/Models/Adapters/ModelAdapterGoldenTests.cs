using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Adapters;
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Adapters;

/// <summary>Low-rank adapters in PEFT's files against PEFT's own outputs: read, merged, written and read again.</summary>
[Trait("Category", "Golden")]
public sealed class ModelAdapterGoldenTests : IDisposable
{
    // README of the case.
    private const double MergedTolerance = 2e-6;

    private readonly GoldenCase golden = new("case19_lora");
    private readonly string folder = Directory.CreateTempSubdirectory("cde-adapter-").FullName;

    [Theory]
    [InlineData("adapter")]
    [InlineData("adapter_rslora_all_linear")]
    public void Load_addsWhatTheOriginalAdds(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        AssertOutputs(model, "base");

        var adapter = ModelAdapter.Load(model, golden.File(name));

        AssertOutputs(model, name);
        var stated = golden.Group("adapters").GetProperty(name);
        Assert.Equal(stated.GetProperty("scaling").GetDouble(), adapter.Config.Scaling, 1e-12);
        Assert.Equal(stated.GetProperty("changed").EnumerateArray().Select(entry => entry.GetString()![..^".weight".Length]).Order(), adapter.Maps.Order());
    }

    [Theory]
    [InlineData("adapter")]
    [InlineData("adapter_rslora_all_linear")]
    public void Merge_changesTheWeightsAsTheOriginalDoes_andNotTheOutputs(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var adapter = ModelAdapter.Load(model, golden.File(name));
        var before = ModelAdapter.MergedParameters(model).ToDictionary(entry => entry.Name, entry => entry.Make().detach().clone());

        adapter.Merge();

        AssertOutputs(model, name);
        var after = ModelAdapter.MergedParameters(model).ToDictionary(entry => entry.Name, entry => entry.Make());
        Assert.Equal(before.Keys, after.Keys);
        Assert.DoesNotContain(after.Keys, key => key.Contains("lora", StringComparison.Ordinal));
        foreach (var wanted in golden.ExpectedNames.Where(key => key.StartsWith(name + ".merged.", StringComparison.Ordinal)))
        {
            var weight = wanted[(name.Length + ".merged.".Length)..];
            Assert.True((golden.Expected(wanted) - after[weight]).abs().max().item<float>() <= MergedTolerance, weight);
            Assert.True((golden.Expected(wanted) - before[weight]).abs().max().item<float>() <= MergedTolerance, weight);
        }
    }

    [Fact]
    public void Save_thenLoad_givesTheSameModel_underTheOriginalsNames()
    {
        using var scope = NewDisposeScope();
        using (var model = Model())
            ModelAdapter.Load(model, golden.File("adapter")).Save(folder, "bert");

        using var again = Model();
        ModelAdapter.Load(again, folder);

        AssertOutputs(again, "adapter");
        using var original = SafetensorsFile.Open(Path.Combine(golden.File("adapter"), "adapter_model.safetensors"));
        using var written = SafetensorsFile.Open(Path.Combine(folder, "adapter_model.safetensors"));
        Assert.Equal(original.Entries.Keys.Order(), written.Entries.Keys.Order());
        Assert.All(original.Entries.Keys, key => Assert.Equal(original.Floats(key), written.Floats(key)));
    }

    [Fact]
    public void Add_leavesOutputsAsTheyAre_andFreezesTheModel()
    {
        using var scope = NewDisposeScope();
        using var model = Model();

        var adapter = ModelAdapter.Add(model, new AdapterConfig { Rank = 3, Alpha = 6, Targets = ["query", "dense"] }, seed: 5);

        AssertOutputs(model, "base");
        Assert.Equal(9, adapter.Maps.Count); // of each layer query and three called dense, and the pooler's
        Assert.All(model.named_parameters(), entry => Assert.Equal(entry.name.Contains("lora_", StringComparison.Ordinal), entry.parameter.requires_grad));
    }

    [Fact]
    public void Add_forMapsThatTheModelLacks_isRefusedByName()
    {
        using var model = Model();

        var error = Assert.Throws<CdeException>(() => ModelAdapter.Add(model, new AdapterConfig { Rank = 3, Alpha = 6, Targets = ["qery"] }, 1));

        Assert.Contains("no map of the model is named qery; did you mean query", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("use_dora", "true")]
    [InlineData("bias", "\"all\"")]
    [InlineData("peft_type", "\"IA3\"")]
    public void Load_ofWhatIsNotComputed_isRefusedByName(string key, string value)
    {
        using var model = Model();
        var json = File.ReadAllText(Path.Combine(golden.File("adapter"), "adapter_config.json"));
        var map = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
        map[key] = JsonSerializer.Deserialize<JsonElement>(value);
        File.WriteAllText(Path.Combine(folder, "adapter_config.json"), JsonSerializer.Serialize(map));
        File.Copy(Path.Combine(golden.File("adapter"), "adapter_model.safetensors"), Path.Combine(folder, "adapter_model.safetensors"));

        var error = Assert.Throws<CdeException>(() => ModelAdapter.Load(model, folder));

        Assert.Contains($"\"{key}\"", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        golden.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private BertEncoder Model()
    {
        using var files = SafetensorsSet.OpenFolder(golden.Folder);
        var model = new BertEncoder(BertConfig.From(JsonConfig.Read(golden.File("config.json"))), new FileWeights(files, null, ScalarType.Float32).Scope(""));
        model.eval();
        return model;
    }

    private void AssertOutputs(BertEncoder model, string name)
    {
        using var mode = no_grad();
        var mask = GoldenCase.Matrix(golden.Inputs, "attention_mask")!;
        var hidden = model.forward(GoldenCase.Matrix(golden.Inputs, "input_ids")!, mask);
        golden.AssertClose(name + ".last_hidden_state", hidden, mask.unsqueeze(-1));
        golden.AssertClose(name + ".pooler_output", model.Pooler(hidden));
    }
}
