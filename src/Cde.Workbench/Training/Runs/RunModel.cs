using Cde.Torch;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Adapters;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.MultiVector;
using Cde.Workbench.Models.NomicBert;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Text;
using Cde.Workbench.Training.LateInteraction;
using Cde.Workbench.Training.Pretraining;
using Cde.Workbench.Training.Rerankers;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Runs;

/// <summary>The model of a run, with what belongs to it: tokenizer, prompts, adapters, and how it is written.</summary>
internal sealed class RunModel : IDisposable
{
    private readonly string tokenizerFolder;
    private readonly string? config;
    private readonly string? start;

    private RunModel(TrainingModel training, string tokenizerFolder, IReadOnlyDictionary<string, string> prompts, string? start, string? config)
    {
        (Training, this.tokenizerFolder, Prompts, this.start, this.config) = (training, tokenizerFolder, prompts, start, config);
        var tokenizer = Tokenizers.FromFolder(tokenizerFolder);
        Tokenizer = training is RerankerTrainingModel { IsAsked: true } ? new RankingPrompt(tokenizer) : tokenizer;
    }

    public TrainingModel Training { get; }

    public ITokenizer Tokenizer { get; }

    public IReadOnlyDictionary<string, string> Prompts { get; }

    /// <summary>The low-rank adapters that are trained; null where the model itself is.</summary>
    public ModelAdapter? Adapter { get; private init; }

    /// <summary>Builds or reads the model at its first step.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="tokenizerFolder">The run's own tokenizer, for a new model.</param>
    /// <param name="prompts">Prompts of a new model.</param>
    /// <param name="cudaIndex">Which GPU, where it trains on one.</param>
    public static RunModel Create(TrainingOptions options, string tokenizerFolder, IReadOnlyDictionary<string, string> prompts, int cudaIndex = 0)
    {
        var device = Device(options, cudaIndex);
        TrainingModel model;
        string? config = null;
        if (options.Model.Start is { } reranker && TrainsReranker(options))
        {
            (var encoder, config) = StartReranker.Read(reranker, options, device);
            model = new RerankerTrainingModel(encoder);
            (tokenizerFolder, prompts) = (reranker, new Dictionary<string, string>());
        }
        else if (options.Model.Start is { } colbert && options.Model.TokenDimension > 0)
        {
            (model, config) = StartColbert.Read(colbert, options, device);
            (tokenizerFolder, prompts) = (colbert, new Dictionary<string, string>());
        }
        else if (options.Model.Start is { } start)
        {
            StartColbert.RequireWidth(start, options);
            (var encoder, config) = StartModel.Read(start, options, device);
            model = encoder switch
            {
                { Contextual: { } contextual } => new ContextualTrainingModel(contextual),
                { Module: BiEncoder plain } => new BiEncoderTrainingModel(plain, encoder.MaxTokens, encoder.StatisticsSize),
                _ => new LoadedTrainingModel(encoder),
            };
            (tokenizerFolder, prompts) = (start, encoder.Prompts);
        }
        else if (options.Model.Backbone is { } trained)
        {
            using var backbone = StartBackbone.Read(trained, options, device);
            model = New(options, backbone.Config, backbone.Weights);
            prompts = backbone.Prompts;
        }
        else
        {
            model = New(options, NewBackbone(options.Model, WordPieceTokenizer.FromFolder(tokenizerFolder).VocabularySize), new InitialWeights(options.Seed, device));
        }

        var adapter = options.Adapter.Rank == 0 ? null : ModelAdapter.Add(model.Module, AdapterConfig(options.Adapter), options.Seed);
        if (options.Precision == TrainingPrecision.Bfloat16)
        {
            foreach (var encoder in model.Module.modules().OfType<IMixedPrecision>())
                encoder.LayerPrecision = ScalarType.BFloat16;
        }

        return new RunModel(model, tokenizerFolder, prompts, options.Model.Start, config) { Adapter = adapter };
    }

    /// <summary>Whether it scores pairs and gives no vector of a text: a cross-encoder, or a multi-vector model.</summary>
    public bool IsReranker => Training is RerankerTrainingModel or ColbertTrainingModel;

    /// <summary>What takes the run's steps: pre-training where the options ask for it, else training on pairs, scores, classes.</summary>
    /// <param name="domains">Training data.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="company">What stands beside the batches.</param>
    /// <param name="processes">Those that take the steps together; null for this one alone.</param>
    public ITrainer Trainer(IReadOnlyList<TrainingDomain> domains, TrainingOptions options, BatchCompany company, ProcessGroup? processes) =>
        options.Pretraining.IsOn
            ? new Pretrainer(Training, domains, Tokenizer, options, company, processes)
            : Training is RerankerTrainingModel reranker ? new RerankerTrainer(reranker, domains, Tokenizer, options, company, processes)
            : new Trainer(Training, domains, Tokenizer, Prompts, options, company, null, processes);

    /// <summary>Writes the model as a folder that <see cref="EmbeddingModel.Load"/> reads, adapters merged.</summary>
    public void Write(string folder)
    {
        if (start is null)
            Training.Write(new ModelFolderWriter(folder, tokenizerFolder, Prompts));
        else
            ModelFolderCopy.Write(start, folder, config!, Training.Module, IsReranker ? ModelFolderCopy.PoolingFiles : [], Beside());
    }

    public void Dispose() => Training.Dispose();

    private IReadOnlyList<(string Name, string Text)> Beside() =>
        Training is ColbertTrainingModel colbert ? [(ColbertConfig.FileName, colbert.Config.ToJson(colbert.Dimension))]
        : Training is LoadedTrainingModel model ? model.PoolingFiles(start!)
        : [];

    private static bool TrainsReranker(TrainingOptions options) => !options.Pretraining.IsOn && options.Loss.IsOfScores();

    private static Device Device(TrainingOptions options, int cudaIndex)
    {
        if (options.Device == TrainingDevice.Cpu)
            return CPU;
        if (!cuda.is_available())
            throw new CdeException("training options: device is cuda, and this machine's libtorch sees no GPU; take cpu");
        return cudaIndex < cuda.device_count() ? device(TorchSharp.DeviceType.CUDA, cudaIndex)
            : throw new CdeException($"LOCAL_RANK is {cudaIndex}, and this machine has {cuda.device_count()} GPU(s); start as many processes as there are GPUs on a host");
    }

    private static AdapterConfig AdapterConfig(AdapterOptions options) => new()
    {
        Rank = options.Rank,
        Alpha = options.Alpha,
        Dropout = options.Dropout,
        Targets = options.Targets,
        IsRankStabilised = options.RankStabilised,
    };

    private static NomicBertConfig NewBackbone(TrainedModelOptions sizes, int vocabularySize) => new()
    {
        VocabularySize = vocabularySize,
        Width = sizes.Width,
        Layers = sizes.Layers,
        Heads = sizes.Heads,
        Inner = sizes.Inner,
        MaxPositions = 2048,
        TypeCount = 1,
        EmbeddingDropout = sizes.Dropout,
        ResidualDropout = sizes.Dropout,
    };

    private static TrainingModel New(TrainingOptions options, NomicBertConfig backbone, WeightSource weights)
    {
        var sizes = options.Model;
        if (sizes.Architecture == TrainedArchitecture.BiEncoder)
        {
            return new BiEncoderTrainingModel(
                new BiEncoder(backbone, weights.Scope(""), usesStatistics: options.Context.Statistics, outputResidual: true), sizes.MaxTokens, options.Context.Size);
        }

        return new ContextualTrainingModel(new ContextualEncoder(
            new ContextualConfig
            {
                Backbone = backbone,
                FirstStageLayers = sizes.FirstStageLayers,
                CorpusSize = options.Context.Size,
                MaxTokens = sizes.MaxTokens,
                SequenceDropout = options.Context.SequenceDropout,
                ContextAttention = ContextAttention.Prefix,
                ContextStatistics = options.Context.Statistics,
            },
            weights.Scope("")));
    }
}
