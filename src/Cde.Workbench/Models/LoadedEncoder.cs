using Cde.Workbench.Models.Concatenated;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.Static;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>The encoder of a model folder with what follows it, whatever its architecture.</summary>
internal sealed class LoadedEncoder : IDisposable
{
    private readonly IReadOnlyList<DenseLayer> dense;
    private readonly Func<Tensor, Tensor, Tensor?, Tensor>? pooled;

    private LoadedEncoder(string architecture, nn.Module module, Func<Tensor, Tensor, Tensor?, Tensor>? pooled, int dimension, int maxTokens, SentenceTransformersFolder after)
    {
        (Architecture, Module, this.pooled, MaxTokens, dense) = (architecture, module, pooled, maxTokens, after.Dense);
        Dimension = dense.Count > 0 ? dense[^1].Outputs : dimension;
        Prompts = after.Prompts;
        IsNormalized = after.Normalize;
    }

    public string Architecture { get; }

    public nn.Module Module { get; }

    public ContextualEncoder? Contextual => Module as ContextualEncoder;

    /// <summary>The bi-encoder that sees corpus statistics and nothing else of a context; null for every other model.</summary>
    public BiEncoder? WithStatistics => Module is BiEncoder { UsesStatistics: true } encoder ? encoder : null;

    /// <summary>Documents that a context of statistics alone counts.</summary>
    public int StatisticsSize { get; private init; }

    public int Dimension { get; }

    /// <summary>Of a token's vector, where these are pooled.</summary>
    public int TokenWidth => Module is TokenEncoder encoder ? encoder.Width : Dimension;

    public int MaxTokens { get; }

    public IReadOnlyDictionary<string, string> Prompts { get; private init; }

    public bool SplitIdentifiers { get; private init; }

    /// <summary>Whether the folder says that vectors have length 1.</summary>
    public bool IsNormalized { get; private init; }

    /// <summary>Whether the vectors of tokens are pooled as the folder, or rules, say; where not, the encoder itself gives one vector.</summary>
    public bool HasPooling { get; private init; }

    /// <summary>A pooling that rules gave in place of the folder's; null where the folder's holds.</summary>
    public PoolingModes? RuledPooling { get; private init; }

    /// <summary>Several encoders as one, for their sizes alone: each keeps its own way from texts to vectors. They stay their owners'.</summary>
    public static LoadedEncoder Of(IReadOnlyList<LoadedEncoder> parts) => new(
        "concatenated", new Container(parts), null, parts.Sum(part => part.Dimension), parts.Max(part => part.MaxTokens), SentenceTransformersFolder.None);

    /// <summary>
    /// Reads a folder; <paramref name="config"/> stands in for its <c>config.json</c> and may describe less than the weights hold. Its own may not: vectors
    /// would be of another model than the one that was trained. <paramref name="storage"/> holds for linear maps, each from the moment it is read.
    /// </summary>
    public static LoadedEncoder Read(string folder, Device? device, ScalarType precision, JsonConfig? config = null, ModelRules? rules = null, WeightStorage storage = WeightStorage.AsComputed)
    {
        var given = new List<Parameter>();
        try
        {
            return Read(folder, config ?? JsonConfig.Read(Path.Combine(folder, "config.json")), config is null, device, precision, given, rules ?? ModelRules.None, storage);
        }
        catch
        {
            given.ForEach(parameter => parameter.Dispose());
            throw;
        }
    }

    /// <summary>A static model, pooled by mean.</summary>
    public static LoadedEncoder Of(StaticEncoder encoder) => new(
        StaticFolder.ModelType, encoder, (ids, mask, types) => Pooling.Mean(encoder.forward(ids, mask, types), mask), encoder.Width, encoder.MaxTokens, SentenceTransformersFolder.None);

    private static LoadedEncoder Read(string folder, JsonConfig json, bool isWhole, Device? device, ScalarType precision, List<Parameter> given, ModelRules rules, WeightStorage storage)
    {
        using var files = SafetensorsSet.OpenFolder(folder);
        FileWeights Weights(string strip = "") => new(files, device, precision, strip, given) { Storage = storage };
        var after = SentenceTransformersFolder.Read(folder, device, precision, given, rules);
        var split = json.Flag("split_identifiers", false);
        if (ContextualConfig.Describes(json))
        {
            var config = ContextualConfig.From(json);
            var stages = Weights();
            var model = new ContextualEncoder(config, stages.Scope(""));
            if (isWhole && config.Backbone is NomicBert.NomicBertConfig) // what downloads over ModernBERT hold beside it is not known
                stages.RequireNoStrangers(json);
            return new LoadedEncoder("contextual", model, null, config.Backbone.Width, after.MaxTokens ?? config.MaxTokens, after) { SplitIdentifiers = split, Prompts = CdePrompts(after) };
        }

        if (BiEncoder.Describes(json))
        {
            var backbone = ContextualConfig.Without(json.Flag("disable_dropout", true), ContextualConfig.BackboneOf(json));
            var output = json.Has("embedding_output_dim") ? json.Int(["embedding_output_dim"]) : (int?)null;
            var statistics = json.Flag("contextStatistics", false);
            var residual = json.Flag("output_residual", false);
            if (statistics && backbone is not NomicBert.NomicBertConfig)
                throw new CdeException($"{json.Path}: \"contextStatistics\" is computed over NomicBERT alone");
            if (residual && output is { } dimension && dimension != backbone.Width)
                throw new CdeException($"{json.Path}: \"output_residual\" needs \"embedding_output_dim\" {dimension} to be the backbone's width {backbone.Width}");
            var source = Weights();
            var model = new BiEncoder(backbone, source.Scope(""), output, usesStatistics: statistics, outputResidual: residual);
            if (isWhole && backbone is NomicBert.NomicBertConfig)
                source.RequireNoStrangers(json);
            return new LoadedEncoder("biencoder", model, (ids, mask, _) => model.forward(ids, mask), model.Dimension, after.MaxTokens ?? json.Int(["max_seq_length"], 512), after)
            {
                SplitIdentifiers = split,
                Prompts = CdePrompts(after),
                StatisticsSize = statistics ? json.Int(["context_statistics_size"], ContextStatistics.Scale) : 0,
            };
        }

        if (ConcatenatedConfig.Describes(json))
        {
            var whole = Weights();
            var model = new ConcatenatedEncoder(ConcatenatedConfig.Parts(json, files), whole);
            if (isWhole)
                whole.RequireNoStrangers(json);
            return new LoadedEncoder("concatenated", model, (ids, mask, _) => model.forward(ids, mask), model.Dimension, Math.Min(after.MaxTokens ?? model.MaxTokens, model.MaxTokens), after)
            {
                Prompts = after.Prompts.Count > 0 ? after.Prompts : new Dictionary<string, string> { ["query"] = ConcatenatedConfig.QueryPrompt },
                IsNormalized = false,
            };
        }

        var architecture = Architectures.Of(json);
        var weights = Weights(architecture.Prefix(files));
        var encoder = architecture.Build(json, weights.Scope(""));
        if (isWhole)
            weights.RequireNoStrangers(json);
        if (after.Dense.Count > 0 && after.Dense[0].Inputs != encoder.Width * Modes(after))
            throw new CdeException($"{folder}: its first Dense module takes {after.Dense[0].Inputs} numbers, and pooling gives {encoder.Width * Modes(after)}");
        return new LoadedEncoder(
            architecture.ModelType, encoder, (ids, mask, types) => Pooling.Apply(after.Pooling, encoder.forward(ids, mask, types), mask),
            encoder.Width * Modes(after), Math.Min(after.MaxTokens ?? encoder.MaxTokens, encoder.MaxTokens), after)
        {
            SplitIdentifiers = split,
            HasPooling = true,
            RuledPooling = after.RuledPooling,
        };
    }

    /// <summary>(B, T) -> (B, d), pooled and through the dense layers.</summary>
    public Tensor Embed(Tensor ids, Tensor mask, Tensor? typeIds) =>
        dense.Aggregate(pooled!(ids, mask, typeIds), (x, layer) => layer.forward(x));

    /// <summary>Hidden states of the last layer of an encoder that is pooled: (B, T) -> (B, T, d).</summary>
    public Tensor HiddenStates(Tensor ids, Tensor mask, Tensor? typeIds) => Module switch
    {
        TokenEncoder encoder => encoder.forward(ids, mask, typeIds),
        BiEncoder encoder => encoder.HiddenStates(ids, mask),
        _ => throw new NotSupportedException($"{Architecture} has no hidden states of tokens"),
    };

    public void Dispose()
    {
        Module.Dispose();
        foreach (var layer in dense)
            layer.Dispose();
    }

    private static int Modes(SentenceTransformersFolder after) => Enum.GetValues<PoolingModes>().Count(mode => mode != PoolingModes.None && after.Pooling.HasFlag(mode));

    private static IReadOnlyDictionary<string, string> CdePrompts(SentenceTransformersFolder after) =>
        after.Prompts.Count > 0 ? after.Prompts : new Dictionary<string, string> { ["query"] = "search_query: ", ["document"] = "search_document: " };

    /// <summary>Modules of other owners side by side. They are counted here, and disposed of there.</summary>
    private sealed class Container : nn.Module
    {
        public Container(IReadOnlyList<LoadedEncoder> parts)
            : base(nameof(Container))
        {
            for (var part = 0; part < parts.Count; part++)
                ModuleTree.Add(this, $"model_{part}", parts[part].Module);
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
