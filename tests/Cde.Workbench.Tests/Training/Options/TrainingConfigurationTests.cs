using System.Text.Json.Nodes;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Losses;

namespace Cde.Workbench.Tests.Training.Options;

public sealed class TrainingConfigurationTests
{
    [Fact]
    public void Write_thenParse_givesTheSameOptions_andEveryOptionStandsInTheFile()
    {
        var options = TrainingConfiguration.With(
            new TrainingOptions(),
            ["loss.name=matryoshka", "loss.options.dimensions=[192,64]", "optimizer.freeze=*.norm1.*", "optimizer.rateFactors={\"*mlp*\":20}", "model.start=null", "batch.tokenBudget=4000"]);

        var text = TrainingConfiguration.Write(options);

        Assert.Null(TrainingConfiguration.Difference(options, TrainingConfiguration.Parse(text)));
        Assert.Equal(text, TrainingConfiguration.Write(TrainingConfiguration.Parse(text)));
        var written = JsonNode.Parse(text)!;
        Assert.All(OptionEntry.All, entry => Assert.True(Has(written, entry.Path.Split('.')), entry.Path));
        Assert.Equal(192, Assert.IsType<MatryoshkaOptions>(options.Loss.Values()).Dimensions[0]);
    }

    [Fact]
    public void Parse_ofNothing_givesTheDefaults() =>
        Assert.Null(TrainingConfiguration.Difference(new TrainingOptions(), TrainingConfiguration.Parse("{ /* all */ \"$schema\": \"x\", }")));

    [Theory]
    [InlineData("""{"optimizer": {"learnignRate": 1}}""", "optimizer.learnignRate is no training option; did you mean optimizer.learningRate?")]
    [InlineData("""{"optimiser": {}}""", "optimiser is no training option; did you mean optimizer")]
    [InlineData("""{"learningRate": 1}""", "learningRate is no training option; did you mean optimizer.learningRate?")]
    [InlineData("""{"batch": 12}""", "batch is 12, expected an object of options")]
    [InlineData("""{"batch": {"size": "12"}}""", "batch.size is \"12\", expected a whole number from 2 to 65536")]
    [InlineData("""{"batch": {"size": 12.5}}""", "batch.size is 12.5, expected a whole number from 2 to 65536")]
    [InlineData("""{"batch": {"size": 1}}""", "batch.size is 1, expected a whole number from 2 to 65536")]
    [InlineData("""{"schedule": {"kind": "cosinus"}}""", "schedule.kind is \"cosinus\", expected linear, constant, cosine, cosine-restarts, polynomial")]
    [InlineData("""{"schedule": {"power": 2}}""", "schedule.power 2 has no effect: it is of polynomial, schedule.kind is linear; leave it out")]
    [InlineData("""{"schedule": {"warmupSteps": 5000}}""", "schedule.warmupSteps 5000 must be below steps 2000")]
    [InlineData("""{"model": {"width": 100}}""", "model.width 100 must be an even multiple of model.heads 6")]
    [InlineData("""{"model": {"maxQueryTokens": 97}}""", "model.maxQueryTokens 97 must be at most model.maxTokens 96")]
    [InlineData("""{"model": {"maxQueryTokens": 3}}""", "model.maxQueryTokens is 3, expected at least 4, or 0 for as many as model.maxTokens")]
    [InlineData("""{"model": {"pooling": "cls"}}""", "model.pooling \"cls\" has no effect: it is of model.start, which is null; a new model takes the mean")]
    [InlineData("""{"model": {"pooling": "first"}}""", "model.pooling is \"first\", expected cls, mean, last-token, weighted-mean, max")]
    [InlineData("""{"model": {"start": "m", "maxQueryTokens": 8}, "loss": {"name": "listwise-softmax"}}""", "model.maxQueryTokens 8 has no effect: a reranker reads query and document as one text")]
    [InlineData("""{"schedule": {"endShare": 0.1}}""", "schedule.endShare 0.1 has no effect: it is of polynomial and random, schedule.kind is linear; leave it out")]
    [InlineData("""{"loss": {"routerCoefficient": 0.01}}""", "loss.routerCoefficient 0.01 has no effect: a new model has no mixture of experts; name one that has in model.start; leave it out")]
    [InlineData("""{"loss": {"routerCoefficient": 0.01, "name": "listwise-softmax"}, "batch": {"negatives": 1}, "model": {"start": "m"}}""", "loss.routerCoefficient 0.01 has no effect: it is of models that give vectors, and a reranker is trained")]
    [InlineData("""{"loss": {"routerCoefficient": -1}}""", "loss.routerCoefficient is -1, expected a number from 0 to 100")]
    [InlineData("""{"loss": {"temperatureDecay": 0.99}}""", "loss.temperatureDecay 0.99 has no effect: loss.temperatureStart is 0; leave it out")]
    [InlineData("""{"loss": {"temperatureStart": 1, "name": "cosent"}}""", "loss.temperatureStart 1 has no effect: loss cosent has no temperature")]
    [InlineData("""{"loss": {"temperatureStart": 0.01, "temperatureFloor": 0.02}}""", "loss.temperatureStart 0.01 must be at least loss.temperatureFloor 0.02")]
    [InlineData("""{"loss": {"temperatureStart": 1, "options": {"temperature": 0.05}}}""", "loss.options.temperature has no effect: loss.temperatureStart gives it a schedule")]
    [InlineData("""{"loss": {"name": "matryoshka", "temperatureStart": 1, "options": {"innerOptions": {"temperature": 0.05}}}}""", "loss.options.temperature has no effect")]
    [InlineData("""{"model": {"architecture": "bi-encoder"}, "context": {"sequenceDropout": 0.1}}""", "context.sequenceDropout 0.1 has no effect: a bi-encoder takes no context vectors")]
    [InlineData("""{"model": {"start": "m", "width": 96}}""", "model.width 96 has no effect: model.start decides it")]
    [InlineData("""{"loss": {"name": "infonce"}}""", "there is no loss \"infonce\"; did you mean info-nce?")]
    [InlineData("""{"loss": {"options": {"temprature": 1}}}""", "loss info-nce: $.temprature is no option")]
    [InlineData("""{"loss": {"options": {"temperature": -1}}}""", "Temperature")]
    [InlineData("""{"loss": {"name": "binary-cross-entropy"}}""", "loss.name binary-cross-entropy trains a reranker, and model.start is null; name a folder there")]
    [InlineData("""{"loss": {"name": "masked-language-model"}}""", "loss.name masked-language-model is an objective of pre-training")]
    [InlineData("""{"loss": {"name": "cosent"}, "batch": {"negatives": 2}}""", "batch.negatives 2 has no effect: loss cosent has no negatives")]
    [InlineData("""{"data": {"scoreScale": 5}}""", "data.scoreScale 5 has no effect: it is of scored pairs, which loss info-nce does not read")]
    [InlineData("""{"evaluation": {"every": 10}}""", "evaluation.every is 10, but evaluation.corpus names no corpus")]
    [InlineData("""{"evaluation": {"patience": 3}}""", "evaluation.patience 3 has no effect: evaluation.every is 0")]
    [InlineData("""{"batch": {"checkpointLayers": true}}""", "batch.checkpointLayers true has no effect: it is of gradient caching, and batch.tokensPerChunk is 0")]
    [InlineData("""{"guide": {"margin": 0.1}}""", "guide.margin 0.1 has no effect: guide.model is null")]
    [InlineData("""{"guide": {"model": "m", "threshold": 0.5}}""", "guide.threshold 0.5 has no effect: it is of rule threshold, guide.rule is own-document")]
    [InlineData("""{"optimizer": {"freezeSteps": 10}}""", "optimizer.freezeSteps 10 has no effect: optimizer.freeze names nothing")]
    [InlineData("""{"steps": 200, "optimizer": {"freeze": ["*embeddings*"], "freezeSteps": 200}}""", "optimizer.freezeSteps 200 must be below steps 200")]
    [InlineData("""{"adapter": {"weights": "nf4"}}""", "adapter.weights \"nf4\" has no effect: adapter.rank is 0; leave it out")]
    [InlineData("""{"adapter": {"rank": 4, "weights": "nf4"}}""", "adapter.weights nf4 is how the maps of model.start are kept, and model.start is null; name a model folder there, or leave adapter.weights out")]
    [InlineData("""{"adapter": {"alpha": 3}}""", "adapter.alpha 3 has no effect: adapter.rank is 0")]
    [InlineData("""{"adversarial": {"kind": "fgsm"}}""", "adversarial.kind is \"fgsm\", expected none, fgm, pgd, awp")]
    [InlineData("""{"adversarial": {"epsilon": 1}}""", "adversarial.epsilon 1 has no effect: adversarial.kind is none; leave it out")]
    [InlineData("""{"adversarial": {"kind": "fgm", "epsilon": -1}}""", "adversarial.epsilon is -1, expected a number from 1E-09 to 1000")]
    [InlineData("""{"adversarial": {"kind": "fgm", "steps": 3}}""", "adversarial.steps 3 has no effect: fgm takes one step of length adversarial.epsilon")]
    [InlineData("""{"adversarial": {"kind": "fgm", "alpha": 0.3}}""", "adversarial.alpha 0.3 has no effect: fgm takes one step")]
    [InlineData("""{"adversarial": {"kind": "awp", "startStep": 2000}}""", "adversarial.startStep 2000 must be below steps 2000")]
    [InlineData("""{"adversarial": {"kind": "pgd"}, "model": {"start": "m"}, "adapter": {"rank": 4}}""", "adversarial.kind pgd moves word embeddings, which do not train with adapter.rank above 0; take awp")]
    [InlineData("""{"averaging": {"decay": 0.9}}""", "averaging.decay 0.9 has no effect: it is of ema, averaging.kind is none")]
    [InlineData("""{"averaging": {"kind": "ema", "every": 5}}""", "averaging.every 5 has no effect: it is of swa, averaging.kind is ema")]
    [InlineData("""{"averaging": {"kind": "swa", "decay": 0.9}}""", "averaging.decay 0.9 has no effect: it is of ema, averaging.kind is swa")]
    [InlineData("""{"averaging": {"kind": "swa", "startStep": 2001}}""", "averaging.startStep 2001 must be at most steps 2000")]
    [InlineData("""{"averaging": {"kind": "ema", "decay": 1}}""", "averaging.decay is 1, expected a number from 0 to 0.999999")]
    [InlineData("""{"data": {"unfoldPositives": true}, "loss": {"name": "cosent"}}""", "data.unfoldPositives true has no effect: loss cosent reads rows with one document each")]
    [InlineData("""{"data": {"maxRows": -1}}""", "data.maxRows is -1, expected a whole number from 0")]
    [InlineData("""{"clusters": {"model": "bm25"}}""", "clusters.model \"bm25\" has no effect: it is of the samplers of clusters, batch.sampler is domain")]
    [InlineData("""{"batch": {"sampler": "cluster"}, "clusters": {"model": "bm25", "components": 64}}""", "clusters.components 64 has no effect: it is of vectors, and clusters.model bm25 clusters by words; leave it out")]
    [InlineData("""{"seed": 1, "seed": 2}""", "seed")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("{", "not valid JSON at line 1")]
    public void Parse_ofWhatIsWrong_isRefusedByName(string json, string expected)
    {
        var error = Assert.Throws<CdeException>(() => TrainingConfiguration.Parse(json, "run.json"));

        Assert.StartsWith("run.json: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void With_anUnknownName_isRefusedWithTheNearest()
    {
        var error = Assert.Throws<CdeException>(() => TrainingConfiguration.With(new TrainingOptions(), ["batch.sise=3"]));

        Assert.Contains("batch.sise is no training option; did you mean batch.size?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_aNameLikeNoneOfItsSection_namesTheSectionsOwn()
    {
        var error = Assert.Throws<CdeException>(() => TrainingConfiguration.With(new TrainingOptions(), ["guide.brightness=3"]));

        Assert.Equal("guide.brightness is no training option; known: guide.margin, guide.model, guide.rule, guide.threshold", error.Message);
    }

    [Fact]
    public void Schema_describesEveryOption_withTheDefaultOfTheRecord()
    {
        var schema = JsonNode.Parse(TrainingSchema.Json)!;

        Assert.All(OptionEntry.All, entry =>
        {
            var at = entry.Path.Split('.').Aggregate(schema, (node, name) => node["properties"]![name]!);
            Assert.Equal(entry.Description, at["description"]!.GetValue<string>());
            Assert.Equal(OptionText.Show(entry.Default), OptionText.Show(at["default"]));
        });
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
    }

    private static bool Has(JsonNode? node, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            if (node is not JsonObject section || !section.ContainsKey(name))
                return false;
            node = section[name];
        }

        return true;
    }
}
