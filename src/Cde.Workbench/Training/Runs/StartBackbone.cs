using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Runs;

/// <summary>
/// The trained encoder that all stages of a new model begin with (<c>model.backbone</c>): a NomicBERT model, or a bi-encoder of this project or of <c>cde</c>. Both stages of a
/// contextual model get its layers, a bi-encoder also its head; heads that it has not are new. So a first stage gives vectors that differ from document to document
/// from the first step on, which one of random weights hardly does.
/// </summary>
internal sealed class StartBackbone : IDisposable
{
    private static readonly string[] TokenizerFiles = ["vocab.txt", "tokenizer_config.json"];

    /// <summary>Where the stages of a new model keep a backbone.</summary>
    private static readonly string[] Places = ["first_stage_model.embedder.", "second_stage_model.backbone.", "embedder."];

    private readonly SafetensorsSource files;

    private StartBackbone(SafetensorsSource files) => this.files = files;

    /// <summary>Its sizes, with the run's dropout.</summary>
    public required NomicBertConfig Config { get; init; }

    /// <summary>The weights of a new model.</summary>
    public required WeightSource Weights { get; init; }

    /// <summary>Its prompts.</summary>
    public required IReadOnlyDictionary<string, string> Prompts { get; init; }

    /// <summary>Reads sizes and opens the weights.</summary>
    /// <exception cref="CdeException">The folder holds no such model, or it does not fit the options.</exception>
    public static StartBackbone Read(string folder, TrainingOptions options, Device device)
    {
        var json = JsonConfig.Read(Path.Combine(folder, "config.json"));
        var isBiEncoder = BiEncoder.Describes(json);
        if (!isBiEncoder && json.Text(["model_type"], "") != "nomic_bert")
            throw new CdeException($"model.backbone: {json.Path} describes neither a NomicBERT model nor a bi-encoder; to go on with another model name it in model.start");
        var config = (isBiEncoder ? ContextualConfig.BackboneOf(json) : NomicBertConfig.From(json)) as NomicBertConfig
            ?? throw new CdeException($"model.backbone: {json.Path} describes a bi-encoder over ModernBERT; new models are trained over NomicBERT");
        if (options.Model.Architecture == TrainedArchitecture.Contextual && options.Model.FirstStageLayers > config.Layers)
            throw new CdeException($"model.firstStageLayers is {options.Model.FirstStageLayers}, {folder} has {config.Layers} layers");
        if (options.Model.MaxTokens > config.MaxPositions)
            throw new CdeException($"model.maxTokens is {options.Model.MaxTokens}, {folder} takes at most {config.MaxPositions}");
        var files = SafetensorsSet.OpenFolder(folder);
        var hasHead = isBiEncoder && json.Flag("output_residual", false); // cde's own head is no residual's
        return new StartBackbone(files)
        {
            Config = config with { EmbeddingDropout = options.Model.Dropout, ResidualDropout = options.Model.Dropout },
            Weights = new TrainedOrNew(new FileWeights(files, device, ScalarType.Float32), new InitialWeights(options.Seed, device), isBiEncoder ? "embedder." : "", hasHead),
            Prompts = PromptsOf(folder) is { Count: > 0 } own ? own : TrainingRun.Prompts,
        };
    }

    /// <summary>Copies the tokenizer's files.</summary>
    /// <exception cref="CdeException">The model has another tokenizer than WordPiece.</exception>
    public static void CopyTokenizer(string folder, string target)
    {
        foreach (var name in TokenizerFiles)
        {
            var file = Path.Combine(folder, name);
            if (!File.Exists(file))
                throw new CdeException($"model.backbone: {file} is missing; a new model takes over WordPiece tokenizers, in {string.Join(" and ", TokenizerFiles)}");
            File.Copy(file, Path.Combine(target, name));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => files.Dispose();

    private static IReadOnlyDictionary<string, string> PromptsOf(string folder)
    {
        var file = Path.Combine(folder, "config_sentence_transformers.json");
        return File.Exists(file) ? JsonConfig.Read(file).TextMap("prompts") : new Dictionary<string, string>();
    }

    /// <summary>The backbone's tensors wherever the new model has a backbone, new ones elsewhere.</summary>
    private sealed class TrainedOrNew(FileWeights trained, InitialWeights made, string root, bool hasHead) : WeightSource
    {
        public override bool Has(string name) => true;

        public override Parameter Take(string name, params long[] shape)
        {
            var place = Array.Find(Places, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
            var stored = place is not null ? root + name[place.Length..] : hasHead && name.StartsWith("mlp.", StringComparison.Ordinal) ? name : null;
            if (stored is null)
                return made.Take(name, shape);
            var parameter = trained.Take(stored, shape);
            parameter.requires_grad = true;
            return parameter;
        }
    }
}
