using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>A loss: what it is, what it reads, and the function. The documentation page is written from these.</summary>
public abstract class LossDeclaration
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The name that configurations take: <c>info-nce</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of data it is for.</summary>
    public required LossFamily Family { get; init; }

    /// <summary>What it computes, as a formula in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>The inputs and their shapes.</summary>
    public required string Inputs { get; init; }

    /// <summary>What the data must be like.</summary>
    public required string Requirements { get; init; }

    /// <summary>How it relates to other losses.</summary>
    public required string Relations { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Reference { get; init; }

    /// <summary>What it cannot do without.</summary>
    public required LossInputs Needs { get; init; }

    /// <summary>What it also reads where it is given.</summary>
    public LossInputs Takes { get; init; }

    /// <summary>Least and greatest similarity in <see cref="LossBatch.Labels"/> that it makes sense of; null where any will do.</summary>
    public (double Least, double Greatest)? SimilarityBounds { get; init; }

    /// <summary>The record of its options.</summary>
    public abstract Type OptionsType { get; }

    /// <summary>Its options, each at its default.</summary>
    public abstract LossOptions DefaultOptions { get; }

    /// <summary>The loss of a batch: a scalar, which the caller owns.</summary>
    /// <param name="batch">At least what <see cref="Needs"/> names.</param>
    /// <param name="options">Of <see cref="OptionsType"/>; the defaults where null.</param>
    /// <exception cref="CdeException">The batch lacks something, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">Shapes do not fit together.</exception>
    public abstract Tensor Compute(LossBatch batch, LossOptions? options = null);

    /// <summary>Whether the loss is a mean over queries, so that <see cref="Block"/> can give it in parts.</summary>
    public abstract bool IsMeanOverQueries(LossOptions? options = null);

    /// <summary>The mean over <paramref name="count"/> queries from <paramref name="start"/> on, each against the candidates of the whole batch.</summary>
    /// <exception cref="NotSupportedException">The loss is no mean over queries.</exception>
    public abstract Tensor Block(LossBatch batch, LossOptions? options, long start, long count);

    /// <summary>
    /// The loss as a sum of scalars of <paramref name="rows"/> queries each, every one made when it is asked for and needing none before it, so that the B x N scores
    /// need never be held as a whole. A loss that is no mean over queries gives one term.
    /// </summary>
    public IEnumerable<Tensor> Terms(LossBatch batch, LossOptions? options = null, int rows = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var total = batch.Queries?.size(0) ?? 0;
        if (rows >= total || !IsMeanOverQueries(options))
        {
            yield return Compute(batch, options);
            yield break;
        }

        for (var start = 0L; start < total; start += rows)
        {
            var count = Math.Min(rows, total - start);
            yield return Weighted(Block(batch, options, start, count), (double)count / total);
        }
    }

    /// <summary>Options from a configuration file: camel-case names, as in <c>{"temperature": 0.05}</c>.</summary>
    /// <exception cref="CdeException">An option is unknown, of another type, or out of range.</exception>
    public LossOptions ReadOptions(JsonElement json)
    {
        try
        {
            var options = Complete(json, (LossOptions)(json.Deserialize(OptionsType, Json) ?? throw new CdeException($"loss {Name}: the options are null; leave them out for the defaults")));
            options.Validate();
            return options;
        }
        catch (JsonException error)
        {
            var known = string.Join(", ", OptionsType.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)));
            throw new CdeException($"loss {Name}: {error.Path} is no option, or not of its type; its options are: {(known.Length == 0 ? "none" : known)}", error);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Adds what the form of the options alone does not tell how to read.</summary>
    protected abstract LossOptions Complete(JsonElement json, LossOptions options);

    private static Tensor Weighted(Tensor mean, double weight)
    {
        using (mean)
            return mean * weight;
    }
}

/// <summary>A loss with options of one type.</summary>
/// <param name="compute">The function; the batch has what the declaration needs, the options are checked.</param>
/// <param name="block">The same over some queries: the first, and how many; null where the loss is no mean over queries.</param>
public sealed class LossDeclaration<TOptions>(
    Func<LossBatch, TOptions, Tensor> compute, Func<LossBatch, TOptions, long, long, Tensor>? block = null) : LossDeclaration
    where TOptions : LossOptions, new()
{
    /// <inheritdoc/>
    public override Type OptionsType => typeof(TOptions);

    /// <inheritdoc/>
    public override LossOptions DefaultOptions => new TOptions();

    /// <inheritdoc/>
    public override Tensor Compute(LossBatch batch, LossOptions? options = null)
    {
        Require(batch);
        return compute(batch, Check(options));
    }

    /// <summary>Under which options the loss is a mean over queries; under all where left out.</summary>
    public Func<TOptions, bool> SplitsUnder { get; init; } = _ => true;

    /// <summary>Reads what the form of the options alone does not tell; nothing where left out.</summary>
    public Func<JsonElement, TOptions, TOptions> CompleteOptions { get; init; } = (_, options) => options;

    /// <inheritdoc/>
    protected override LossOptions Complete(JsonElement json, LossOptions options) => CompleteOptions(json, (TOptions)options);

    /// <inheritdoc/>
    public override bool IsMeanOverQueries(LossOptions? options = null) => block is not null && SplitsUnder(Check(options));

    /// <inheritdoc/>
    public override Tensor Block(LossBatch batch, LossOptions? options, long start, long count)
    {
        Require(batch);
        return block?.Invoke(batch, Check(options), start, count) ?? throw new NotSupportedException($"loss {Name} is no mean over queries");
    }

    private void Require(LossBatch batch)
    {
        var missing = Needs & ~batch.Given;
        if (missing != LossInputs.None)
            throw new CdeException($"loss {Name}: the batch has no {missing}; it needs {Needs}");
    }

    private TOptions Check(LossOptions? options) => options switch
    {
        null => LossOptions.Valid<TOptions>(null),
        TOptions own => LossOptions.Valid(own),
        _ => throw new CdeException($"loss {Name} takes {typeof(TOptions).Name}, not {options.GetType().Name}"),
    };
}
