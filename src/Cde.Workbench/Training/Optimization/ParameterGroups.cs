using System.Globalization;
using System.Text.RegularExpressions;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Optimization;

/// <summary>A parameter that moves, and how.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Parameter">The module's own.</param>
/// <param name="RateFactor">On the learning rate.</param>
/// <param name="IsDecayed">Whether weight decay counts for it.</param>
/// <param name="IsHeld">Whether it stays until <see cref="OptimizerSettings.FreezeSteps"/>.</param>
internal sealed record MovedParameter(string Name, Parameter Parameter, double RateFactor, bool IsDecayed, bool IsHeld = false);

/// <summary>Which parameters move, and with which learning rate: freezing, rates by layer, rates by name.</summary>
internal static partial class ParameterGroups
{
    /// <summary>The parameters that move, in the module's order; the others stop asking for gradients.</summary>
    /// <exception cref="CdeException">A pattern matches no parameter, or nothing is left to train.</exception>
    public static IReadOnlyList<MovedParameter> Of(nn.Module module, OptimizerSettings settings, IReadOnlyList<(string Name, Parameter Value)>? beside = null)
    {
        (string name, Parameter parameter)[] all = [.. module.named_parameters().Concat((beside ?? []).Select(entry => (name: entry.Name, parameter: entry.Value))).Where(entry => entry.parameter.requires_grad)];
        var frozen = settings.Freeze.Select(pattern => Matcher("optimizer.freeze", pattern, all.Select(entry => entry.name))).ToArray();
        var factors = settings.RateFactors.Select(entry => (Matches: Matcher("optimizer.rateFactors", entry.Key, all.Select(found => found.name)), Factor: entry.Value)).ToArray();
        var depths = all.GroupBy(entry => Stack(entry.name)).ToDictionary(group => group.Key, group => group.Max(entry => Layer(entry.name)) ?? 0);
        if (settings.HeadFactor != 1 && !all.Any(entry => IsHead(entry.name)))
            throw new CdeException($"optimizer.headFactor {OptionText.Show(settings.HeadFactor)} has no effect: this model has no head that trains (rerankers, multi-vector models, pre-training and the vectors of classes have); leave it out, or name parameters in optimizer.rateFactors");
        var moved = new List<MovedParameter>();
        foreach (var (name, parameter) in all)
        {
            var isFrozen = frozen.Any(matches => matches(name));
            if (isFrozen && settings.FreezeSteps == 0)
            {
                parameter.requires_grad = false;
                continue;
            }

            var below = Layer(name) is { } layer ? depths[Stack(name)] - layer : IsEmbedding(name) ? depths[Stack(name)] + 1 : 0;
            var factor = Math.Pow(settings.LayerDecay, below) * (IsHead(name) ? settings.HeadFactor : 1) * factors.Where(entry => entry.Matches(name)).Select(entry => entry.Factor).LastOrDefault(1);
            moved.Add(new MovedParameter(name, parameter, factor, parameter.dim() > 1 || settings.DecayVectors, isFrozen));
        }

        return moved.Any(entry => !entry.IsHeld) ? moved : throw new CdeException("optimizer.freeze: nothing is left to train; freeze less");
    }

    /// <summary>Whether a name matches a pattern in which <c>*</c> stands for any part.</summary>
    /// <exception cref="CdeException">No name does; the message names <paramref name="option"/>.</exception>
    public static Func<string, bool> Matcher(string option, string pattern, IEnumerable<string> names)
    {
        var expression = new Regex("^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant);
        if (!names.Any(expression.IsMatch))
            throw new CdeException($"{option}: {pattern} matches no parameter; {NearestNames.Suggest(pattern.Trim('*', '.'), names.SelectMany(name => name.Split('.')).Distinct().Where(part => !char.IsDigit(part[0])))}");
        return expression.IsMatch;
    }

    /// <summary>The layer's number in its stack; null for what stands before or behind the layers.</summary>
    private static int? Layer(string name) => LayerNumber().Match(name) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>The stages of a contextual model count their layers by themselves.</summary>
    private static string Stack(string name) => name.StartsWith("first_stage_model.", StringComparison.Ordinal) ? "first" : "second";

    private static bool IsEmbedding(string name) => name.Contains("embeddings.", StringComparison.Ordinal) || name.Contains("emb_ln.", StringComparison.Ordinal);

    /// <summary>A reranker's head, ColBERT's linear map, the head of pre-training, the vectors of classes: what is new where the encoder is trained already.</summary>
    private static bool IsHead(string name) => Head().IsMatch(name);

    [GeneratedRegex(@"^(classifier\.|head\.|(lm\.)?cls\.predictions\.|c_head\.|linear\.|class_vectors$)", RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(@"\blayers?\.(\d+)\.", RegexOptions.CultureInvariant)]
    private static partial Regex LayerNumber();
}
