using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Zoo;

namespace Cde.Kernels.Commands;

/// <summary>Lists the models that can be loaded by name.</summary>
public sealed class ModelsListCommand : Command<ModelsListOptions, ModelsListResult>
{
    /// <inheritdoc/>
    public override string Name => "models list";

    /// <inheritdoc/>
    public override string Summary => "List the models that commands take by name";

    /// <inheritdoc/>
    public override string Description =>
        "The known models with their sizes, pooling, prompts and licences, and those that you downloaded besides; several known ones as one are named concat:A+B. "
        + "Where a model's folder does not say its prompts or its pooling, those of this list hold.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["models list", "models list --family bge", "models list multilingual", "models list --here"];

    /// <inheritdoc/>
    public override Task<ModelsListResult> RunAsync(ModelsListOptions options, Session session, CancellationToken cancellation)
    {
        var families = KnownModels.List.Select(card => card.Family).Distinct(StringComparer.Ordinal).ToList();
        if (options.Family is { } family && !families.Contains(family, StringComparer.OrdinalIgnoreCase))
            throw new CdeException($"--family {family}: no known model is of it; {NearestNames.Suggest(family, families)}");
        var lines = KnownModels.List.Select(card => ModelLine.Of(card, KnownModels.FolderOf(card.Name) is not null))
            .Concat(KnownModels.OtherDownloads().Select(name => ModelLine.Of(new ModelCard(name, "downloaded by you, with no entry in this list", 0), isPresent: true)));
        return Task.FromResult(new ModelsListResult([.. lines.Where(line => IsWanted(line, options))]));
    }

    private static bool IsWanted(ModelLine line, ModelsListOptions options) =>
        (options.Family is null || string.Equals(line.Family, options.Family, StringComparison.OrdinalIgnoreCase))
        && (!options.Here || line.IsPresent)
        && (options.Text.Length == 0 || new[] { line.Name, line.Repository, line.Family, line.Kind, line.What }.Any(text => text.Contains(options.Text, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>What <c>models list</c> takes.</summary>
public sealed record ModelsListOptions : CommandOptions
{
    /// <summary>Which models.</summary>
    [Argument(0, "Only models whose name, repository, family, kind or description has this text")]
    public string Text { get; init; } = "";

    /// <summary>Of which family.</summary>
    [Option("Only models of this family: bge, gist, e5 ...", ValueName = "NAME")]
    public string? Family { get; init; }

    /// <summary>Only what is on this machine.</summary>
    [Option("Only models that are on this machine")]
    public bool Here { get; init; }
}

/// <summary>The models.</summary>
/// <param name="Models">One line each.</param>
public sealed record ModelsListResult(IReadOnlyList<ModelLine> Models) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(
            ["name", "family", "kind", ">width", "pooling", ">tokens", "prompts", "licence", "here", "what"],
            [
                .. Models.Select(model => (string[])
                [
                    model.Name, model.Family, model.Kind, Number(model.Dimension), model.Pooling, Number(model.MaxTokens), string.Join(", ", model.Prompts.Keys),
                    model.Licence ?? "", model.IsPresent ? "yes" : "download", model.Note is null ? model.What : $"{model.What} ({model.Note})",
                ]),
            ]),
        new Paragraph(Models.Count == 0
            ? "No model fits; models list names all of them."
            : "models info NAME shows an entry, models download NAME fetches it, models verify NAME compares it with published vectors. Commands also take concat:A+B, and the path of a model folder in "
            + "the Hugging Face or sentence-transformers layout."));

    private static string Number(int number) => number == 0 ? "" : Shown.Count(number);
}

/// <summary>A model.</summary>
/// <param name="Name">The name that <c>--model</c> takes.</param>
/// <param name="Dimension">Width of its vectors; 0 where it is not known.</param>
/// <param name="IsPresent">It is on this machine.</param>
/// <param name="What">One line.</param>
public sealed record ModelLine(string Name, int Dimension, bool IsPresent, string What)
{
    /// <summary>Where a hub has it; empty for one that ships with the project.</summary>
    public string Repository { get; init; } = "";

    /// <summary>Whose recipe it follows.</summary>
    public string Family { get; init; } = "";

    /// <summary>embedding, contextual, static, reranker or multi-vector.</summary>
    public string Kind { get; init; } = "";

    /// <summary>How it pools; empty for a kind that does not.</summary>
    public string Pooling { get; init; } = "";

    /// <summary>Whether vectors as published have length 1.</summary>
    public bool IsNormalized { get; init; }

    /// <summary>The longest text in tokens; 0 where it is not known.</summary>
    public int MaxTokens { get; init; }

    /// <summary>Texts put in front, by kind of task.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = new Dictionary<string, string>();

    /// <summary>Smaller widths that it was trained for.</summary>
    public IReadOnlyList<int> Matryoshka { get; init; } = [];

    /// <summary>The licence as its publisher names it; null where none is stated.</summary>
    public string? Licence { get; init; }

    /// <summary>The commit that published scores were made with; null where none is known.</summary>
    public string? Revision { get; init; }

    /// <summary>What else to know; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The line of a card.</summary>
    public static ModelLine Of(ModelCard card, bool isPresent) => new(card.Name, card.Dimension, isPresent, card.What)
    {
        Repository = card.Repository ?? "",
        Family = card.Family,
        Kind = card.Architecture.Length == 0 ? "" : KnownModelsFile.NameOf(card.Kind),
        Pooling = card.Pooling is { } pooling ? KnownModelsFile.NameOf(pooling) : "",
        IsNormalized = card.IsNormalized,
        MaxTokens = card.MaxTokens,
        Prompts = card.Prompts,
        Matryoshka = card.Matryoshka,
        Licence = card.Licence,
        Revision = card.Revision,
        Note = card.Note,
    };
}
