using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Models;

namespace Cde.Kernels.Commands;

/// <summary>Lists the models that can be loaded by name.</summary>
public sealed class ModelsListCommand : Command<CommandOptions, ModelsListResult>
{
    /// <inheritdoc/>
    public override string Name => "models list";

    /// <inheritdoc/>
    public override string Summary => "List the models that commands take by name";

    /// <inheritdoc/>
    public override Task<ModelsListResult> RunAsync(CommandOptions options, Session session, CancellationToken cancellation) =>
        Task.FromResult(new ModelsListResult([.. KnownModels.List.Select(card =>
            new ModelLine(card.Name, card.Dimension, KnownModels.FolderOf(card.Name) is not null, card.What))]));
}

/// <summary>The models.</summary>
/// <param name="Models">One line each.</param>
public sealed record ModelsListResult(IReadOnlyList<ModelLine> Models) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(
            ["name", ">width", "here", "what"],
            [.. Models.Select(model => (string[])[model.Name, Shown.Count(model.Dimension), model.IsPresent ? "yes" : "download", model.What])]),
        new Paragraph("Commands also take the path of a model folder in the Hugging Face or sentence-transformers layout."));
}

/// <summary>A model.</summary>
/// <param name="Name">The name that <c>--model</c> takes.</param>
/// <param name="Dimension">Width of its vectors.</param>
/// <param name="IsPresent">It is on this machine.</param>
/// <param name="What">One line.</param>
public sealed record ModelLine(string Name, int Dimension, bool IsPresent, string What);
