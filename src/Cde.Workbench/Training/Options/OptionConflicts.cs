using Cde.Workbench.Evaluation;
using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Models;

namespace Cde.Workbench.Training;

/// <summary>What options say against each other. A value that another one leaves without effect is such a contradiction: it would promise what does not happen.</summary>
internal static class OptionConflicts
{
    /// <summary>One line each; none where everything fits.</summary>
    public static IEnumerable<string> Of(TrainingOptions options)
    {
        var (model, batch, context, optimizer) = (options.Model, options.Batch, options.Context, options.Optimizer);
        var (loss, schedule, adapter, evaluation) = (options.Loss, options.Schedule, options.Adapter, options.Evaluation);
        if (model.Start is null && model.Backbone is null && (model.Width % model.Heads != 0 || model.Width / model.Heads % 2 != 0))
            yield return $"model.width {model.Width} must be an even multiple of model.heads {model.Heads} (rotary positions turn pairs)";
        if (schedule.WarmupSteps >= options.Steps)
            yield return $"schedule.warmupSteps {schedule.WarmupSteps} must be below steps {options.Steps}";
        if (options.Loss.Declaration().Needs is var needs && needs.HasFlag(Losses.LossInputs.Negatives) && batch.Negatives == 0)
            yield return $"loss.name {options.Loss.Name} needs hard negatives, and batch.negatives is 0";
        if (BatchLoss.Refusal(options.Loss) is { } refusal)
            yield return refusal;
        if (options.Loss.IsOfScores() && model.Start is null && !options.Pretraining.IsOn)
            yield return $"loss.name {options.Loss.Name} trains a reranker, and model.start is null; name a folder there, a reranker's or an encoder's (bert, roberta, xlm-roberta, modernbert, nomic_bert), which gets a new head, or a language model's (llama, mistral, qwen2, qwen3)";
        if (model.TokenDimension > 0 && !options.Pretraining.IsOn)
        {
            if (!BatchLoss.OfTokens(options.Loss))
                yield return $"model.tokenDimension is {model.TokenDimension}, and loss.name {options.Loss.Name} reads one vector a text; take maxsim, or leave model.tokenDimension out";
            if (model.Start is null)
                yield return $"model.tokenDimension is {model.TokenDimension}, and model.start is null; name a folder there, a multi-vector model's or an encoder's (such as bert, nomic_bert, modernbert)";
        }

        if (model.MaxQueryTokens > model.MaxTokens)
            yield return $"model.maxQueryTokens {model.MaxQueryTokens} must be at most model.maxTokens {model.MaxTokens}";
        if (model.MaxQueryTokens is > 0 and < 4)
            yield return $"model.maxQueryTokens is {model.MaxQueryTokens}, expected at least 4, or 0 for as many as model.maxTokens";
        foreach (var (pattern, factor) in optimizer.RateFactors)
        {
            if (!double.IsFinite(factor) || factor < 0)
                yield return $"optimizer.rateFactors: {pattern} is {OptionText.Show(factor)}, expected a number of at least 0";
        }

        if (optimizer.FreezeSteps >= options.Steps)
            yield return $"optimizer.freezeSteps {optimizer.FreezeSteps} must be below steps {options.Steps}; 0 freezes for the whole run";
        if (schedule.Kind == ScheduleKind.CosineRestarts && schedule.Cycles != Math.Floor(schedule.Cycles))
            yield return $"schedule.cycles {OptionText.Show(schedule.Cycles)} must be whole with schedule.kind cosine-restarts";
        if (loss.TemperatureStart > 0 && loss.TemperatureStart < loss.TemperatureFloor)
            yield return $"loss.temperatureStart {OptionText.Show(loss.TemperatureStart)} must be at least loss.temperatureFloor {OptionText.Show(loss.TemperatureFloor)}";
        if (loss.TemperatureStart > 0 && loss.OptionsNameTemperature())
            yield return "loss.options.temperature has no effect: loss.temperatureStart gives it a schedule; leave one of them out";
        if (options.Adversarial.StartStep >= options.Steps)
            yield return $"adversarial.startStep {options.Adversarial.StartStep} must be below steps {options.Steps}";
        if (options.Adversarial.Kind is AdversarialKind.Fgm or AdversarialKind.Pgd && adapter.Rank > 0 && options.Adversarial.Parameters.Count == 0)
            yield return $"adversarial.kind {OptionText.Choice(options.Adversarial.Kind.ToString())} moves word embeddings, which do not train with adapter.rank above 0; take awp, or name adapters in adversarial.parameters";
        if (adapter is { Rank: > 0, Weights: not WeightStorage.AsComputed } && model.Start is null)
            yield return $"adapter.weights {OptionText.Choice(adapter.Weights.ToString())} is how the maps of model.start are kept, and model.start is null; name a model folder there, or leave adapter.weights out";
        if (options.Averaging.StartStep > options.Steps)
            yield return $"averaging.startStep {options.Averaging.StartStep} must be at most steps {options.Steps}";
        if (evaluation.Every > 0 && evaluation.Corpus is null)
            yield return $"evaluation.every is {evaluation.Every}, but evaluation.corpus names no corpus";
        if (evaluation.Corpus is not null && options.Data.Corpora.Contains(evaluation.Corpus))
            yield return $"evaluation.corpus is {evaluation.Corpus}, which data.corpora names as well; name one that training does not see";
        if (options.Data.Corpora.Count == 0)
            yield return "data.corpora names no corpus; name at least one";
        if (evaluation.Every > 0)
            _ = Measure.Parse(evaluation.Measure);

        foreach (var (path, reason) in WithoutEffect(options))
        {
            var entry = OptionEntry.All.First(entry => entry.Path == path);
            var value = entry.Value(options);
            if (OptionText.Show(value) != OptionText.Show(entry.Default))
                yield return $"{path} {OptionText.Show(value)} has no effect: {reason}; leave it out";
        }

        bool IsContextual() => model.Architecture == TrainedArchitecture.Contextual;

        IEnumerable<(string Path, string Reason)> WithoutEffect(TrainingOptions _)
        {
            if (model.Start is null)
            {
                yield return ("model.keepLayers", "it keeps layers of model.start, which is null");
                yield return ("model.keepFirstStageLayers", "it keeps layers of model.start, which is null");
                yield return ("model.pooling", "it is of model.start, which is null; a new model takes the mean");
            }
            else
            {
                foreach (var name in (string[])["architecture", "backbone", "width", "layers", "firstStageLayers", "heads", "inner", "vocabularySize"])
                    yield return ("model." + name, "model.start decides it");
                yield return ("context.statistics", "model.start decides it");
            }

            if (model.Start is null && model.Backbone is not null)
            {
                foreach (var name in (string[])["width", "layers", "heads", "inner", "vocabularySize"])
                    yield return ("model." + name, "model.backbone decides it");
            }

            if (model.Start is null && !IsContextual())
            {
                yield return ("model.firstStageLayers", "a bi-encoder has no first stage");
                yield return ("context.sequenceDropout", "a bi-encoder takes no context vectors");
                if (context.Strategy == ContextStrategy.Pooled || !context.Statistics)
                    yield return ("context.strategy", context.Statistics ? "a bi-encoder takes no vectors to average" : "a bi-encoder without context.statistics takes no context");
            }

            if (model.TokenDimension == 0)
            {
                yield return ("model.queryTokens", "it is of multi-vector models, and model.tokenDimension is 0");
            }
            else
            {
                foreach (var name in (string[])["size", "strategy", "nullShare", "sequenceDropout"])
                    yield return ("context." + name, "a multi-vector model sees no context");
                yield return ("model.maxQueryTokens", "model.queryTokens decides how a multi-vector model reads queries");
                yield return ("model.pooling", "a multi-vector model keeps all vectors");
            }

            if (optimizer.Freeze.Count == 0)
                yield return ("optimizer.freezeSteps", "optimizer.freeze names nothing");
            if (context.Strategy == ContextStrategy.Null && context.NullShare != new TrainingContextOptions().NullShare)
                yield return ("context.nullShare", "context.strategy null makes every context the null context");
            if (schedule.Kind is not (ScheduleKind.Cosine or ScheduleKind.CosineRestarts))
                yield return ("schedule.cycles", $"it is of cosine schedules, schedule.kind is {OptionText.Choice(schedule.Kind.ToString())}");
            if (schedule.Kind != ScheduleKind.Polynomial)
                yield return ("schedule.power", $"it is of polynomial, schedule.kind is {OptionText.Choice(schedule.Kind.ToString())}");
            if (schedule.Kind is not (ScheduleKind.Polynomial or ScheduleKind.Random))
                yield return ("schedule.endShare", $"it is of polynomial and random, schedule.kind is {OptionText.Choice(schedule.Kind.ToString())}");
            if (loss.TemperatureStart == 0)
            {
                yield return ("loss.temperatureDecay", "loss.temperatureStart is 0");
                yield return ("loss.temperatureFloor", "loss.temperatureStart is 0");
            }
            else if (loss.Values().WithTemperature(1) is null)
            {
                yield return ("loss.temperatureStart", $"loss {loss.Name} has no temperature");
            }

            if (!options.Adversarial.IsOn)
            {
                foreach (var name in (string[])["epsilon", "alpha", "steps", "startStep", "parameters"])
                    yield return ("adversarial." + name, "adversarial.kind is none");
            }

            if (options.Adversarial.Kind == AdversarialKind.Fgm)
            {
                yield return ("adversarial.alpha", "fgm takes one step of length adversarial.epsilon");
                yield return ("adversarial.steps", "fgm takes one step of length adversarial.epsilon");
            }

            if (options.Averaging.Kind != AveragingKind.Ema)
                yield return ("averaging.decay", $"it is of ema, averaging.kind is {OptionText.Choice(options.Averaging.Kind.ToString())}");
            if (options.Averaging.Kind != AveragingKind.Swa)
            {
                foreach (var name in (string[])["startStep", "every"])
                    yield return ("averaging." + name, $"it is of swa, averaging.kind is {OptionText.Choice(options.Averaging.Kind.ToString())}");
            }

            if (batch.Sampler is not (BatchSamplerKind.Cluster or BatchSamplerKind.ClusterWithinDomain))
            {
                foreach (var name in (string[])["model", "size", "components", "mostPairs", "packing"])
                    yield return ("clusters." + name, $"it is of the samplers of clusters, batch.sampler is {OptionText.Choice(batch.Sampler.ToString())}");
            }
            else if (options.Clusters.IsOfWords)
            {
                yield return ("clusters.components", $"it is of vectors, and clusters.model {options.Clusters.Model} clusters by words");
            }

            if (batch.TokensPerChunk > 0)
                yield return ("batch.lengthGroups", "batch.tokensPerChunk decides how a batch is cut");
            else
                yield return ("batch.checkpointLayers", "it is of gradient caching, and batch.tokensPerChunk is 0");
            if (options.Guide.Model is null)
            {
                foreach (var name in (string[])["rule", "margin", "threshold"])
                    yield return ("guide." + name, "guide.model is null");
            }
            else
            {
                if (options.Guide.Rule != FalseNegativeRule.Threshold)
                    yield return ("guide.threshold", $"it is of rule threshold, guide.rule is {OptionText.Choice(options.Guide.Rule.ToString())}");
                if (options.Guide.Rule is FalseNegativeRule.Threshold or FalseNegativeRule.Off)
                    yield return ("guide.margin", $"it is below the own document's score, guide.rule is {OptionText.Choice(options.Guide.Rule.ToString())}");
            }

            if (options.Pretraining.IsOn)
            {
                foreach (var path in (string[])["loss.name", "loss.options", "loss.temperatureStart", "loss.routerCoefficient", "model.tokenDimension", "model.maxQueryTokens", "model.pooling", "batch.negatives", "batch.tokensPerChunk", "guide.model", "data.scoreScale", "context.size", "context.strategy", "context.nullShare", "context.sequenceDropout"])
                    yield return (path, $"pretraining.objective {OptionText.Choice(options.Pretraining.Objective.ToString())} hides tokens of single texts");
            }
            else
            {
                foreach (var name in (string[])["maskShare", "decoderMaskShare", "wholeWords"])
                    yield return ("pretraining." + name, "pretraining.objective is none");
            }

            if (options.Pretraining.Objective == PretrainingObjective.MaskedLanguageModel)
                yield return ("pretraining.decoderMaskShare", "a masked language model has no decoder");
            if (model is { Start: null, Backbone: null })
                yield return ("loss.routerCoefficient", "a new model has no mixture of experts; name one that has in model.start");
            if (options.Loss.IsOfScores())
            {
                yield return ("loss.routerCoefficient", "it is of models that give vectors, and a reranker is trained");
                foreach (var name in (string[])["size", "strategy", "nullShare", "sequenceDropout"])
                    yield return ("context." + name, "a reranker sees no context");
                yield return ("model.maxQueryTokens", "a reranker reads query and document as one text, which model.maxTokens bounds");
                yield return ("model.pooling", "a reranker gives one score of a pair");
                yield return ("guide.model", $"loss {options.Loss.Name} has no negatives but those of the data; leave false ones out where they are mined");
            }

            var data = LossData.Of(options.Loss);
            if (data.Kind != TrainingDataKind.Pairs)
            {
                yield return ("batch.negatives", $"loss {options.Loss.Name} has no negatives");
                yield return ("guide.model", $"loss {options.Loss.Name} has no negatives to leave out");
            }

            if (data.Kind != TrainingDataKind.Pairs || options.Pretraining.IsOn)
                yield return ("data.unfoldPositives", options.Pretraining.IsOn ? "pre-training reads single texts" : $"loss {options.Loss.Name} reads rows with one document each");
            if (data.Kind != TrainingDataKind.ScoredPairs && !data.TakesScoredPairs)
                yield return ("data.scoreScale", $"it is of scored pairs, which loss {options.Loss.Name} does not read");
            if (adapter.Rank == 0)
            {
                foreach (var name in (string[])["alpha", "dropout", "targets", "rankStabilised", "weights"])
                    yield return ("adapter." + name, "adapter.rank is 0");
            }
            else
            {
                yield return ("optimizer.freeze", "with adapter.rank above 0 nothing but adapters moves");
            }

            if (evaluation.Every == 0)
            {
                foreach (var name in (string[])["corpus", "measure", "queries", "patience", "keepBest"])
                    yield return ("evaluation." + name, "evaluation.every is 0");
            }
        }
    }
}
