using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Zoo;

namespace Cde.Kernels.Commands;

/// <summary>Compares a model's vectors with published ones.</summary>
public sealed class ModelsVerifyCommand : Command<ModelsVerifyOptions, ModelsVerifyResult>
{
    /// <inheritdoc/>
    public override string Name => "models verify";

    /// <inheritdoc/>
    public override string Summary => "Compare a model's vectors with published ones";

    /// <inheritdoc/>
    public override string Description =>
        "Embeds texts whose vectors were published, with the model on this machine, and compares number by number. Fails where one differs by more than the published tolerance.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["models verify all-MiniLM-L6-v2", "models verify ./bge --published bge-small-en-v1.5", "models verify concat:snowflake-arctic-embed-m-v1.5+bge-small-en-v1.5"];

    /// <inheritdoc/>
    public override Task<ModelsVerifyResult> RunAsync(ModelsVerifyOptions options, Session session, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var folder = KnownModels.FolderOf(options.Model); // refuses what is neither a folder nor a name
            var name = options.Published ?? (KnownModels.IsFolder(options.Model) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Model))) : options.Model);
            name = KnownModels.Find(name)?.Name ?? name;
            var all = options.Vectors is { } file ? PublishedVectors.Read(file) : PublishedVectors.List;
            var published = all.Where(vector => vector.Model == name).ToList();
            if (published.Count == 0)
                throw new CdeException($"no vectors of {name} are published{Where(options)}; {Known(name, all)}");
            if (!options.Model.StartsWith("concat:", StringComparison.Ordinal) && folder is null)
                throw new CdeException($"{options.Model} is not on this machine, so there is nothing to compare; get it with: {ProgramName.Typed} models download {options.Model}");
            var verified = ModelVerifier.Verify(options.Model, published, TorchOptions.Device(options.Device), TorchOptions.Precision(options.Precision), cancellation);
            return new ModelsVerifyResult(options.Model, [.. verified.Select(VerifiedText.Of)])
            {
                Provenance = ComputeFacts.Add(new Provenance { Model = name }),
            };
        },
        cancellation);

    private static string Where(ModelsVerifyOptions options) => options.Vectors is { } file ? $" in {file}" : "";

    private static string Known(string name, IReadOnlyList<PublishedVector> all) =>
        $"{NearestNames.Suggest(name, all.Select(vector => vector.Model))}; for a folder, say which model it is with --published NAME";
}

/// <summary>What <c>models verify</c> takes.</summary>
public sealed record ModelsVerifyOptions : CommandOptions
{
    /// <summary>Which model.</summary>
    [Argument(0, "A name (see models list), concat:A+B, or a model folder", Required = true, Completes = Completes.Models)]
    public string Model { get; init; } = "";

    /// <summary>Whose published vectors.</summary>
    [Option("Compare with the published vectors of this model; that of the argument where left out", ValueName = "NAME", Completes = Completes.Models)]
    public string? Published { get; init; }

    /// <summary>Other published vectors.</summary>
    [Option("Published vectors to compare with, in place of those that come along: {\"vectors\": [{\"model\", \"text\", \"normalized\", \"first\", \"tolerance\", \"source\"}]}", ValueName = "FILE", Completes = Completes.Files)]
    public string? Vectors { get; init; }

    /// <summary>Where tensors live.</summary>
    [Option("Where to compute", Choices = ["cpu", "cuda"])]
    public string Device { get; init; } = "cpu";

    /// <summary>The floating-point type of the computation.</summary>
    [Option("Floating-point type to compute in", Choices = ["float32", "bfloat16"])]
    public string Precision { get; init; } = "float32";
}

/// <summary>How a model compares with what was published.</summary>
/// <param name="Model">The model.</param>
/// <param name="Texts">One line a text.</param>
public sealed record ModelsVerifyResult(string Model, IReadOnlyList<VerifiedText> Texts) : CommandResult
{
    /// <inheritdoc/>
    public override string? Failure => Texts.Where(text => !text.Agrees).ToList() is { Count: > 0 } wrong
        ? $"{Model} differs from what was published in {wrong.Count} of {Texts.Count} vectors, by up to {Number(wrong.Max(text => text.GreatestDifference))}; "
        + "check that it is the published revision, and that pooling and prompts are its own (models info)"
        : null;

    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(
            ["text", "prompt", ">numbers", ">cosine", ">greatest difference", ">tolerance", "agrees", "published by"],
            [
                .. Texts.Select(text => (string[])
                [
                    text.Text, text.Prompt, Shown.Count(text.Compared), text.Cosine.ToString("0.000000", CultureInfo.InvariantCulture), Number(text.GreatestDifference), Number(text.Tolerance),
                    text.Agrees ? "yes" : "NO", text.Source,
                ]),
            ]));

    private static string Number(double number) => number.ToString("0.0e+0", CultureInfo.InvariantCulture);
}

/// <summary>A text whose vector was published.</summary>
/// <param name="Text">The text.</param>
/// <param name="Prompt">What stood in front of it.</param>
/// <param name="Compared">How many numbers were published.</param>
/// <param name="Cosine">Of those numbers.</param>
/// <param name="GreatestDifference">Of any of them.</param>
/// <param name="Tolerance">The greatest difference that counts as equal.</param>
/// <param name="Agrees">Whether it is within the tolerance.</param>
/// <param name="Source">Who published it.</param>
public sealed record VerifiedText(string Text, string Prompt, int Compared, double Cosine, double GreatestDifference, double Tolerance, bool Agrees, string Source)
{
    internal static VerifiedText Of(VerifiedVector vector) => new(
        vector.Published.Text, vector.Published.Prompt, vector.Compared, vector.Cosine, vector.GreatestDifference, vector.Published.Tolerance, vector.Agrees, vector.Published.Source);
}
