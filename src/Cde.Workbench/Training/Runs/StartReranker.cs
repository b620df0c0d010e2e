using System.Text;
using System.Text.Json.Nodes;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.Rerankers;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Runs;

/// <summary>Reads the model that a run of a reranker goes on from: a reranker, a language model, or an encoder, whose head begins anew.</summary>
internal static class StartReranker
{
    /// <summary>The cross-encoder, or the language model that is asked, all of whose parameters ask for gradients, and the <c>config.json</c> that describes it.</summary>
    /// <exception cref="CdeException">The folder is no model folder, or the options do not fit the model.</exception>
    public static (PairScorer Model, string Config) Read(string folder, TrainingOptions options, Device device)
    {
        var path = Path.Combine(folder, "config.json");
        var text = StartModel.Edited(path, options);
        var json = JsonConfig.Parse(path, Encoding.UTF8.GetBytes(text));
        using var scope = NewDisposeScope();
        var (model, hasNewHead) = LanguageModelRanker.Describes(json)
            ? (LanguageModelRanker.Read(folder, Tokenizers.FromFolder(folder), device, config: json, storage: options.Adapter.Weights), false)
            : ((PairScorer, bool))CrossEncoder.Read(folder, json, device, new InitialWeights(options.Seed, device), options.Adapter.Weights);
        try
        {
            if (hasNewHead && options.Adapter.Rank > 0)
                throw new CdeException($"adapter.rank is {options.Adapter.Rank}, and {folder} has no head that scores: adapters would leave a new one as it was drawn; name a reranker in model.start, or train without adapters");
            if (options.Model.MaxTokens > model.MaxTokens)
                throw new CdeException($"model.maxTokens is {options.Model.MaxTokens}, {folder} takes at most {model.MaxTokens}");
        }
        catch
        {
            model.Dispose();
            throw;
        }

        foreach (var parameter in model.parameters())
            parameter.requires_grad = true;
        return (model, hasNewHead ? WithHead(text, json) : text);
    }

    /// <summary>The configuration of the encoder as that of a model with a head of one label.</summary>
    private static string WithHead(string text, JsonConfig json)
    {
        var config = JsonNode.Parse(text)!.AsObject();
        config["architectures"] = new JsonArray(ClassificationHeads.ByType[Architectures.Of(json).ModelType].Class);
        config["id2label"] = new JsonObject { ["0"] = "LABEL_0" };
        config["label2id"] = new JsonObject { ["LABEL_0"] = 0 };
        config.Remove("num_labels"); // what id2label says counts
        return config.ToJsonString(StartModel.Indented) + "\n";
    }
}
