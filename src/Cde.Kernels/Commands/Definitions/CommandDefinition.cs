using System.Reflection;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Commands;

/// <summary>
/// A command, defined once. The shell, the notebook magics, help, completions and the reference page read this.
/// </summary>
public abstract class CommandDefinition
{
    private IReadOnlyList<ParameterDefinition>? _parameters;

    /// <summary>One or two words: <c>embed</c>, <c>datasets list</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, in one line.</summary>
    public abstract string Summary { get; }

    /// <summary>More about it, as paragraphs; may be empty.</summary>
    public virtual string Description => "";

    /// <summary>Command lines worth trying, without <c>./cde</c>.</summary>
    public virtual IReadOnlyList<string> Examples => [];

    /// <summary>Left out of help and of the reference page.</summary>
    public virtual bool IsHidden => false;

    /// <summary>The command writes <c>--out</c> itself; otherwise the host writes the result as HTML, JSON or text, by the file's extension.</summary>
    public virtual bool WritesOut => false;

    /// <summary>The record that its options fill.</summary>
    public abstract Type OptionsType { get; }

    /// <summary>Arguments by position, then options: the command's own first, the common ones last.</summary>
    public IReadOnlyList<ParameterDefinition> Parameters => _parameters ??= ReadParameters();

    /// <summary>A record with every default.</summary>
    public CommandOptions NewOptions() => (CommandOptions)Activator.CreateInstance(OptionsType)!;

    /// <summary>Runs the command with a record of <see cref="OptionsType"/>.</summary>
    public abstract Task<CommandResult> InvokeAsync(CommandOptions options, Session session, CancellationToken cancellation);

    private List<ParameterDefinition> ReadParameters()
    {
        var defaults = NewOptions();
        return [.. OptionsType.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, declaration: property.GetCustomAttribute<OptionAttribute>()))
            .Where(found => found.declaration is not null)
            .OrderBy(found => found.declaration is ArgumentAttribute argument ? argument.Position : int.MaxValue)
            .ThenByDescending(found => Depth(found.property.DeclaringType!))
            .ThenBy(found => found.property.MetadataToken)
            .Select(found => new ParameterDefinition(found.property, found.declaration!, defaults))];
    }

    private static int Depth(Type type)
    {
        var depth = 0;
        for (var current = type; current is not null; current = current.BaseType)
            depth++;
        return depth;
    }
}

/// <summary>A command with its types.</summary>
/// <typeparam name="TOptions">The options record.</typeparam>
/// <typeparam name="TResult">The result, which the next notebook cell gets.</typeparam>
public abstract class Command<TOptions, TResult> : CommandDefinition
    where TOptions : CommandOptions, new()
    where TResult : CommandResult
{
    /// <inheritdoc/>
    public sealed override Type OptionsType => typeof(TOptions);

    /// <inheritdoc/>
    public sealed override async Task<CommandResult> InvokeAsync(CommandOptions options, Session session, CancellationToken cancellation) =>
        await RunAsync((TOptions)options, session, cancellation).ConfigureAwait(false);

    /// <summary>Does the work.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="session">What the host gives.</param>
    /// <param name="cancellation">Asks to stop cleanly.</param>
    public abstract Task<TResult> RunAsync(TOptions options, Session session, CancellationToken cancellation);
}
