using Cde.Workbench.Models;
using Cde.Workbench.Models.Adapters;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.NomicBert;

public sealed class MixtureOfExpertsTests
{
    private static readonly NomicBertConfig Sizes = MixtureModelFolder.Sizes;
    private static readonly long[][] Texts = [[5, 17, 8, 120, 9], [33], [7, 7, 90], [150, 3, 61, 44, 12, 13, 2]];

    [Theory]
    [InlineData(2, 2, false)]
    [InlineData(1, 2, false)]
    [InlineData(3, 3, true)]
    [InlineData(5, 2, false)]
    public void Encoder_givesWhatPlainLoopsGive_wherePaddingStandsAnywhere(int top, int every, bool normalises)
    {
        var config = Sizes with { ExpertsPerToken = top, MixtureEvery = every, NormalisesExperts = normalises };
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Encoder(config);
        var plain = new PlainMixture(config, model);
        var (ids, mask) = Batch(Texts);

        var right = model.forward(ids, mask);
        var left = model.forward(ids.flip(1), mask.flip(1)).flip(1); // reversed texts

        for (var row = 0; row < Texts.Length; row++)
        {
            AssertClose(plain.Hidden(Texts[row]), right[row]);
            AssertClose([.. plain.Hidden([.. Texts[row].Reverse()]).Reverse()], left[row]);
        }
    }

    [Fact]
    public void Encoder_behindAPrefix_givesWhatTheWholeSequenceGives()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Encoder(Sizes);
        var (ids, mask) = Batch(Texts);
        var prefix = model.Embed(tensor(new long[] { 40, 41, 42 }, [1, 3]));

        var behind = model.RunBehind(prefix, model.Embed(ids), mask, 0);
        var kept = model.RunBehind(prefix, model.Embed(ids), mask, 0, keepPrefix: true);

        for (var row = 0; row < Texts.Length; row++)
        {
            var whole = new PlainMixture(Sizes, model).Hidden([40, 41, 42, .. Texts[row]]);
            AssertClose(whole[3..], behind[row]);
            AssertClose(whole, kept[row]);
        }
    }

    [Fact]
    public void Encoder_afterAPrefixThatSeesItselfAlone_leavesPaddingOut()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Encoder(Sizes);
        using var state = model.RunPrefix(model.Embed(tensor(new long[] { 40, 41, 42 }, [1, 3])), 0);
        var (ids, mask) = Batch(Texts);

        var together = model.RunWith(state, model.Embed(ids), mask);

        for (var row = 0; row < Texts.Length; row++)
        {
            var (own, all) = Batch([Texts[row]]);
            var alone = model.RunWith(state, model.Embed(own), all)[0];
            Assert.True((alone - together[row].narrow(0, 0, Texts[row].Length)).abs().max().item<float>() < 1e-5);
        }
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(5, false)]
    public void Gradients_areThoseOfEveryExpertComputingEveryToken(int top, bool normalises)
    {
        var config = Sizes with { ExpertsPerToken = top, NormalisesExperts = normalises };
        using var scope = NewDisposeScope();
        using var module = new MixtureOfExperts(config, new ScaledWeights(3).Scope(""));
        manual_seed(4);
        var (x, wanted) = (randn([3, 4, 16]).requires_grad_(), randn([3, 4, 16]));
        var mask = tensor(new long[] { 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0 }, [3, 4]);
        var places = mask.reshape(-1).nonzero().squeeze(1);
        Dictionary<string, Tensor> named = new(module.named_parameters().DistinctBy(entry => entry.name).Select(entry => KeyValuePair.Create(entry.name, (Tensor)entry.parameter))) { ["x"] = x };
        Assert.Equal(["experts.bias", "experts.mlp.w1", "experts.mlp.w2", "router.layer.weight", "x"], named.Keys.Order(StringComparer.Ordinal));

        (module.forward(x, places) * wanted).sum().backward();
        var grouped = Taken();
        var probabilities = x.matmul(named["router.layer.weight"].t()).softmax(-1); // (B, T, E)
        var least = probabilities.sort(-1, descending: true).Values.narrow(-1, top - 1, 1);
        var shares = probabilities * probabilities.ge(least).to_type(ScalarType.Float32);
        if (normalises)
            shares = shares / shares.sum([-1L], keepdim: true);
        var dense = named["experts.bias"] + zeros_like(x);
        for (var expert = 0; expert < 5; expert++)
        {
            var active = nn.functional.gelu(x.matmul(named["experts.mlp.w1"].narrow(0, expert * 24, 24).t()));
            dense = dense + shares.narrow(-1, expert, 1) * active.matmul(named["experts.mlp.w2"].narrow(0, expert * 24, 24)) * mask.unsqueeze(-1);
        }

        (dense * wanted).sum().backward();
        var all = Taken();

        Assert.True((module.forward(x, places) - dense).abs().max().item<float>() < 1e-5);
        foreach (var name in named.Keys)
        {
            var greatest = all[name].abs().max().item<float>();
            Assert.True(greatest > 1e-3, $"{name} gets a gradient");
            Assert.True((all[name] - grouped[name]).abs().max().item<float>() < 1e-5 * (1 + greatest), name);
        }

        Dictionary<string, Tensor> Taken() => named.ToDictionary(entry => entry.Key, entry =>
        {
            var gradient = entry.Value.grad!.clone();
            entry.Value.grad = null;
            return gradient;
        });
    }

    [Fact]
    public void Routes_areTheMostProbableExperts_theLowerNumberOfEqualOnes()
    {
        var routes = ExpertRoutes.Of([0.2f, 0.5f, 0.3f, 0.4f, 0.2f, 0.4f, 0.3f, 0.3f, 0.3f, 0.1f, float.NaN, 0.1f], experts: 3, top: 2);

        Assert.Equal([1, 2, 0, 2, 0, 1, 0, 1], routes.Chosen);
        Assert.Equal([3, 3, 2], routes.Counts);
        Assert.Equal([1, 2, 3, 0, 2, 3, 0, 1], routes.Tokens);
        Assert.Equal([3, 6, 0, 7, 1, 4, 2, 5], routes.Places);
    }

    [Fact]
    public void Encoder_goesPastTheFusedLayers()
    {
        using var model = Encoder(Sizes);
        using var dense = Encoder(Sizes with { Experts = 0 });
        using var mode = no_grad();
        Assert.False(model.IsFused(ScalarType.Float32, TorchSharp.DeviceType.CPU));
        Assert.Equal(FusedInferenceIsThere, dense.IsFused(ScalarType.Float32, TorchSharp.DeviceType.CPU));
    }

    [Fact]
    public void Encoder_withLayersInBfloat16_staysNear_andItsGradientsAreOfFloat32Weights()
    {
        using var scope = NewDisposeScope();
        using var model = Encoder(Sizes);
        var (ids, mask) = Batch(Texts);
        var whole = Pooling.Mean(model.forward(ids, mask), mask);
        model.LayerPrecision = ScalarType.BFloat16;
        var mixed = Pooling.Mean(model.forward(ids, mask).to_type(ScalarType.Float32), mask);
        mixed.sum().backward();

        Assert.InRange(nn.functional.cosine_similarity(whole, mixed, 1).min().item<float>(), 0.98f, 1.0001f);
        Assert.All(model.named_parameters().Where(entry => entry.name.Contains("mlp.experts", StringComparison.Ordinal)), entry => Assert.Equal(ScalarType.Float32, entry.parameter.grad!.dtype));
    }

    [Theory]
    [InlineData("Float16", 0.9999f)]
    [InlineData("Int8", 0.999f)]
    [InlineData("Int4", 0.9f)]
    [InlineData("Nf4", 0.9f)]
    public void Encoder_inFewerBits_keepsItsVectorsNear_andItsExpertsSmall(string name, float least)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var whole = Encoder(Sizes);
        using var compact = Encoder(Sizes);
        CompactWeights.Apply(compact, Enum.Parse<WeightStorage>(name));
        Assert.Equal(CompactWeights.Count(whole), CompactWeights.Count(compact));
        Assert.DoesNotContain(compact.named_parameters(), entry => entry.name.EndsWith(".w1", StringComparison.Ordinal));
        Assert.InRange(CompactWeights.Bytes(compact), 1, CompactWeights.Bytes(whole) * 2 / 3);
        var (ids, mask) = Batch(Texts);
        var (expected, actual) = (Pooling.Mean(whole.forward(ids, mask), mask), Pooling.Mean(compact.forward(ids, mask), mask));
        Assert.InRange(nn.functional.cosine_similarity(expected, actual, 1).min().item<float>(), least, 1.0001f);
        Assert.True((expected - actual).abs().max().item<float>() > 0);
    }

    [Fact]
    public void Encoder_withAdapters_startsUnchanged_andTheRouterHasNone()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var model = Encoder(Sizes);
        var (ids, mask) = Batch(Texts);
        var before = model.forward(ids, mask);
        var adapter = ModelAdapter.Add(model, new() { Rank = 2, Alpha = 4 }, 1);

        Assert.Equal(["Wqkv", "fc1", "fc2", "out_proj"], adapter.Maps.Select(map => map[(map.LastIndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(0, (before - model.forward(ids, mask)).abs().max().item<float>());
    }

    [Fact]
    public void Folder_ofAMixture_isReadByItsPublishedNames_andWrittenAgain()
    {
        using var folder = MixtureModelFolder.Create(["the stream opens the timer", "a queue"]);
        using var model = EmbeddingModel.Load(folder.Path);
        Assert.Equal(("nomic_bert", 16), (model.Architecture, model.Dimension));

        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var encoder = new BiEncoder(Sizes, new ScaledWeights(5).Scope(""), outputResidual: true);
        foreach (var parameter in encoder.parameters())
            parameter.copy_(parameter.to_type(ScalarType.Float16).to_type(ScalarType.Float32)); // what is written holds these numbers exactly
        folder.Write("tokenizer_config.json", "{}");
        var written = folder.At("written");
        new ModelFolderWriter(written, folder.Path, new Dictionary<string, string>()).Write(encoder, maxTokens: 32);
        using var read = LoadedEncoder.Read(written, null, ScalarType.Float32);
        encoder.eval();
        read.Module.eval();
        var (ids, mask) = Batch(Texts);

        Assert.Equal(encoder.forward(ids, mask).data<float>().ToArray(), read.Embed(ids, mask, null).data<float>().ToArray());
        Assert.Equal(Sizes with { EmbeddingDropout = 0 }, ((BiEncoder)read.Module).Config);
    }

    [Theory]
    [InlineData("\"expert_choice_router\": false", "\"expert_choice_router\": true", "\"expert_choice_router\" is true, which is not computed here")]
    [InlineData("\"num_shared_experts\": 0", "\"num_shared_experts\": 1", "\"num_shared_experts\" is 1; mixtures without shared experts are computed here alone")]
    [InlineData("\"moe_top_k\": 2", "\"moe_top_k\": 6", "\"moe_top_k\" is 6, and \"num_experts\" 5; a token cannot pass more experts than there are")]
    [InlineData("\"moe_every_n_layers\": 2", "\"moe_every_n_layers\": 1", "\"moe_every_n_layers\" is 1, by which no layer is a mixture")]
    [InlineData("\"ffn_div\": 1", "\"ffn_div\": 2", "\"ffn_div\" is 2; experts of the width \"n_inner\" are computed here alone")]
    [InlineData("\"gelu\"", "\"swiglu\"", "\"activation_function\" is gated; experts with plain GELU are computed here alone")]
    [InlineData("\"num_experts\": 5", "\"num_experts\": 4", "tensor encoder.layers.1.mlp.router.layer.weight has shape [5, 16], config.json expects [4, 16]")]
    [InlineData("\"num_experts\": 5", "\"num_experts\": 0", "tensor encoder.layers.1.mlp.fc1.weight is missing")]
    public void Folder_thatAsksForMore_isRefusedByItsKey(string text, string by, string message)
    {
        using var folder = MixtureModelFolder.Create(["a"]);
        folder.Replace("config.json", text, by);
        var error = Assert.Throws<CdeException>(() => EmbeddingModel.Load(folder.Path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static bool FusedInferenceIsThere =>
#if TORCH_SYSTEM
        Cde.Torch.Fused.FusedKernels.Chosen(false) != "off";
#else
        false;
#endif

    private static NomicBertEncoder Encoder(NomicBertConfig config)
    {
        var model = new NomicBertEncoder(config, new ScaledWeights(2).Scope(""));
        model.eval();
        return model;
    }

    /// <summary>Texts padded on the right: ids and mask (B, T).</summary>
    private static (Tensor Ids, Tensor Mask) Batch(long[][] texts)
    {
        var longest = texts.Max(text => text.Length);
        long[] All(Func<long[], int, long> value) => [.. texts.SelectMany(text => Enumerable.Range(0, longest).Select(t => value(text, t)))];
        return (tensor(All((text, t) => t < text.Length ? text[t] : 0), [texts.Length, longest]), tensor(All((text, t) => t < text.Length ? 1 : 0), [texts.Length, longest]));
    }

    /// <summary>The first positions are those wanted.</summary>
    private static void AssertClose(double[][] wanted, Tensor hidden)
    {
        for (var t = 0; t < wanted.Length; t++)
        {
            var own = hidden[t].data<float>().ToArray();
            for (var i = 0; i < own.Length; i++)
                Assert.True(Math.Abs(wanted[t][i] - own[i]) < 1e-4, $"position {t}, number {i}: {wanted[t][i]} and {own[i]}");
        }
    }
}
