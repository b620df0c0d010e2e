using System.Text;
using System.Text.Json.Nodes;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.MultiVector;
using Cde.Workbench.Text;
using Cde.Workbench.Training.LateInteraction;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Runs;

/// <summary>Reads the model that a run of a multi-vector model goes on from: a ColBERT model, or an encoder, whose linear map begins anew.</summary>
internal static class StartColbert
{
    /// <summary>The model, all of whose parameters ask for gradients, and the <c>config.json</c> that describes it.</summary>
    /// <exception cref="CdeException">The folder is no model folder, or the options do not fit the model.</exception>
    public static (ColbertTrainingModel Model, string Config) Read(string folder, TrainingOptions options, Device device)
    {
        var path = Path.Combine(folder, "config.json");
        var text = StartModel.Edited(path, options);
        var json = JsonConfig.Parse(path, Encoding.UTF8.GetBytes(text));
        var sizes = options.Model;
        if (ContextualConfig.Describes(json) || BiEncoder.Describes(json))
            throw new CdeException($"model.tokenDimension: {path} describes a model that was trained for one vector a text; name the folder of a plain encoder, such as bert's, or of a multi-vector model");
        using var scope = NewDisposeScope();
        var (encoder, hasNewMap) = ColbertEncoder.Read(folder, json, device, new InitialWeights(options.Seed, device), sizes.TokenDimension, options.Adapter.Weights);
        try
        {
            if (encoder.Dimension != sizes.TokenDimension)
                throw new CdeException($"model.tokenDimension is {sizes.TokenDimension}, {folder} has token vectors of {encoder.Dimension}; give its own width");
            if (hasNewMap && options.Adapter.Rank > 0)
                throw new CdeException($"adapter.rank is {options.Adapter.Rank}, and {folder} has no linear map of tokens: adapters would leave a new one as it was drawn; name a multi-vector model in model.start, or train without adapters");
            foreach (var (option, tokens) in new[] { ("model.maxTokens", sizes.MaxTokens), ("model.queryTokens", sizes.QueryTokens) })
            {
                if (tokens > encoder.MaxTokens)
                    throw new CdeException($"{option} is {tokens}, {folder} takes at most {encoder.MaxTokens}");
            }

            var config = ColbertConfig.Read(folder) with { QueryTokens = sizes.QueryTokens, DocumentTokens = sizes.MaxTokens };
            if (!encoder.HasUnseenTokens)
                config = config with { AttendsToExpansion = true };
            var texts = new ColbertTokens(folder, config, Tokenizers.FromFolder(folder));
            foreach (var parameter in encoder.parameters())
                parameter.requires_grad = true;
            return (new ColbertTrainingModel(encoder, config, texts), Named(text));
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>Refuses to train token vectors of a multi-vector model without its linear map.</summary>
    /// <exception cref="CdeException">The loss compares tokens, the folder has such a map, and the options do not say its width.</exception>
    public static void RequireWidth(string folder, TrainingOptions options)
    {
        if (!options.Pretraining.IsOn && BatchLoss.OfTokens(options.Loss) && ColbertEncoder.IsIn(folder))
            throw new CdeException($"model.tokenDimension is 0, and {folder} is a multi-vector model; give the width of its token vectors, so that its linear map is trained");
    }

    /// <summary>The configuration as that of a ColBERT model.</summary>
    private static string Named(string text)
    {
        var config = JsonNode.Parse(text)!.AsObject();
        config["architectures"] = new JsonArray("HF_ColBERT");
        return config.ToJsonString(StartModel.Indented) + "\n";
    }
}
