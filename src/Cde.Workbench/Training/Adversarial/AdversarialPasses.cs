using System.Text.RegularExpressions;
using Cde.Workbench.Training.Optimization;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Adversarial;

/// <summary>
/// The passes of a step at moved weights. They begin at the gradient of the whole step, summed over its batches and processes, so that every process moves its weights
/// alike; afterwards the weights are what they were, bit for bit, and the parameters' <c>grad</c> holds what the update takes.
/// </summary>
internal sealed partial class AdversarialPasses
{
    private readonly IPerturbation perturbation;
    private readonly int startStep;
    private readonly IReadOnlyList<MovedParameter> parameters;
    private readonly IReadOnlyList<MovedParameter> perturbed;

    private AdversarialPasses(IPerturbation perturbation, int startStep, IReadOnlyList<MovedParameter> parameters, IReadOnlyList<MovedParameter> perturbed) =>
        (this.perturbation, this.startStep, this.parameters, this.perturbed) = (perturbation, startStep, parameters, perturbed);

    /// <summary>What the options ask for; null where that is nothing.</summary>
    /// <param name="options">Kind, lengths, names.</param>
    /// <param name="parameters">Those that the optimiser moves.</param>
    /// <exception cref="CdeException">No parameter that moves is meant.</exception>
    public static AdversarialPasses? Of(AdversarialOptions options, IReadOnlyList<MovedParameter> parameters)
    {
        if (!options.IsOn)
            return null;
        IPerturbation perturbation = options.Kind switch
        {
            AdversarialKind.Fgm => new FastGradient(options.Epsilon ?? 1),
            AdversarialKind.Pgd => new ProjectedGradient(options.Alpha ?? 0.3, options.Epsilon ?? 1, options.Steps ?? 3), // the lengths of open-retrievals
            _ => new WeightPerturbation(options.Alpha ?? options.Epsilon ?? WeightShare, options.Epsilon ?? WeightShare, options.Steps ?? 1),
        };
        return new AdversarialPasses(perturbation, options.StartStep, parameters, Perturbed(options, parameters));
    }

    /// <summary>gamma of TRADES-AWP in Wu et al. 2020; their AT-AWP takes 0.01.</summary>
    private const double WeightShare = 0.005;

    /// <summary>Whether the step after <paramref name="taken"/> steps has such passes.</summary>
    public bool IsDue(long taken) => taken >= startStep;

    /// <summary>Takes the passes.</summary>
    /// <param name="pass">Fills the parameters' <c>grad</c>, which are empty before, at their values of that moment, from the step's batches; returns the loss.</param>
    /// <returns>The loss of the last pass.</returns>
    public double Run(Func<double> pass)
    {
        using var scope = NewDisposeScope();
        var clean = TakeGradients();
        var starts = perturbed.Select(entry => entry.Parameter.detach().clone()).ToArray();
        var loss = 0.0;
        try
        {
            for (var i = 0; i < perturbation.Passes; i++)
            {
                var gradients = i == 0 ? clean : TakeGradients();
                Move(starts, gradients);
                if (i > 0 || !perturbation.KeepsCleanGradient)
                    Free(gradients);
                loss = pass();
            }
        }
        finally
        {
            using var mode = no_grad();
            foreach (var (entry, start) in perturbed.Zip(starts))
                entry.Parameter.copy_(start);
        }

        if (perturbation.KeepsCleanGradient)
            Add(clean);
        return loss;
    }

    private void Move(Tensor[] starts, Dictionary<string, Tensor> gradients)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (entry, start) in perturbed.Zip(starts))
        {
            if (gradients.TryGetValue(entry.Name, out var gradient))
                perturbation.Move(entry.Parameter, start, gradient);
        }
    }

    /// <summary>The gradients by name, which the parameters have no longer.</summary>
    private Dictionary<string, Tensor> TakeGradients()
    {
        var taken = new Dictionary<string, Tensor>();
        foreach (var entry in parameters)
        {
            if (entry.Parameter.grad is not { } gradient)
                continue;
            taken[entry.Name] = gradient;
            entry.Parameter.grad = null;
        }

        return taken;
    }

    private void Add(Dictionary<string, Tensor> gradients)
    {
        using var mode = no_grad();
        foreach (var entry in parameters.Where(entry => gradients.ContainsKey(entry.Name)))
        {
            if (entry.Parameter.grad is { } gradient)
                gradient.add_(gradients[entry.Name]);
            else
                entry.Parameter.grad = gradients[entry.Name];
        }
    }

    private static void Free(Dictionary<string, Tensor> gradients)
    {
        foreach (var gradient in gradients.Values)
            gradient.Dispose();
    }

    private static MovedParameter[] Perturbed(AdversarialOptions options, IReadOnlyList<MovedParameter> parameters)
    {
        var names = options.Parameters.Select(pattern => ParameterGroups.Matcher("adversarial.parameters", pattern, parameters.Select(entry => entry.Name))).ToArray();
        MovedParameter[] found = [.. parameters.Where(entry => names.Length > 0 ? names.Any(matches => matches(entry.Name))
            : options.Kind == AdversarialKind.Awp ? entry.Parameter.dim() > 1 : WordTable().IsMatch(entry.Name))];
        return found.Length > 0 ? found
            : throw new CdeException($"adversarial.kind {OptionText.Choice(options.Kind.ToString())} moves word embeddings, and none train here; train them, name others in adversarial.parameters, or take awp");
    }

    [GeneratedRegex(@"(^|\.)(word_embeddings|tok_embeddings|embed_tokens|shared)\.weight$", RegexOptions.CultureInvariant)]
    private static partial Regex WordTable();
}
