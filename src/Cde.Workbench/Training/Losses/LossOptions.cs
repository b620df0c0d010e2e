using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training.Losses;

/// <summary>Options of a loss: each with its default and its range, checked before the loss is computed.</summary>
public abstract record LossOptions
{
    /// <summary>Checks every range, and what must fit together.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range.</exception>
    public void Validate()
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true))
            throw new CdeException($"{GetType().Name}: {results[0].ErrorMessage}");
        if (Conflict() is { } conflict)
            throw new CdeException($"{GetType().Name}: {conflict}");
    }

    /// <summary>What does not fit together, in one line; null where everything does.</summary>
    protected virtual string? Conflict() => null;

    /// <summary>The same with another temperature; null where there is none to change.</summary>
    internal virtual LossOptions? WithTemperature(double value) => null;

    /// <summary>The options, or the defaults; checked.</summary>
    internal static TOptions Valid<TOptions>(TOptions? options)
        where TOptions : LossOptions, new()
    {
        options ??= new TOptions();
        options.Validate();
        return options;
    }
}

/// <summary>Of a loss that has nothing to choose.</summary>
public sealed record NoLossOptions : LossOptions;
