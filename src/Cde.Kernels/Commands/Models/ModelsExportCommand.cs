using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Export;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Commands;

/// <summary>Writes a model as other libraries read it.</summary>
public sealed class ModelsExportCommand : Command<ModelsExportOptions, ModelExportResult>
{
    /// <inheritdoc/>
    public override string Name => "models export";

    /// <inheritdoc/>
    public override string Summary => "Write a model as a Hugging Face and sentence-transformers folder, with a card";

    /// <inheritdoc/>
    public override string Description =>
        "Takes a model, or the folder of a training run, whose losses, data, settings and scores go into the card. Writes one model.safetensors, config.json, tokenizer.json, modules.json, pooling, prompts and README.md; "
        + "pickled or sharded weights become one safetensors file. Optimizer states, checkpoints and other files stay behind.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["models export runs/mine --to mine-v1 --dtype float16 --licence mit --languages en", "models export cde-mini --to cde-mini-copy"];

    /// <inheritdoc/>
    public override Task<ModelExportResult> RunAsync(ModelsExportOptions options, Session session, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var run = new RunFolder(options.Model);
            var isRun = Directory.Exists(options.Model) && File.Exists(run.Log);
            var source = isRun
                ? RunCard.ModelOf(run) ?? throw new CdeException($"{options.Model}: the run has no model yet; go on with: {ProgramName.Typed} train --out {options.Model}")
                : KnownModels.FolderOf(options.Model) ?? throw new CdeException($"model \"{options.Model}\" has no folder to export; a single model has, once it is downloaded");
            var facts = isRun ? RunCard.Facts(run) : new ModelFacts();
            facts = facts with
            {
                Licence = options.Licence ?? facts.Licence,
                BaseModel = options.BaseModel ?? facts.BaseModel,
                Languages = options.Languages.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            };
            var files = ModelExport.Write(source, options.To, options.Dtype switch { "float32" => SafetensorsDtype.F32, "float16" => SafetensorsDtype.F16, "bfloat16" => SafetensorsDtype.BF16, _ => null }, facts);
            return new ModelExportResult(options.Model, options.To, [.. files.Select(file => new ExportedFile(file, new FileInfo(Path.Combine(options.To, file)).Length))]);
        },
        cancellation);
}

/// <summary>What <c>models export</c> takes.</summary>
public sealed record ModelsExportOptions : CommandOptions
{
    /// <summary>Which model.</summary>
    [Argument(0, "A name (see models list), a model folder, or the folder of a training run", Required = true, Completes = Completes.Models)]
    public string Model { get; init; } = "";

    /// <summary>Where to.</summary>
    [Option("Folder to write, replaced as a whole", ValueName = "FOLDER", Required = true, Completes = Completes.Files)]
    public string To { get; init; } = "";

    /// <summary>The type of the weights.</summary>
    [Option("Type of the stored weights", Choices = ["stored", "float32", "float16", "bfloat16"])]
    public string Dtype { get; init; } = "stored";

    /// <summary>The licence.</summary>
    [Option("Licence for the card, by the hub's short name, such as mit", ValueName = "NAME")]
    public string? Licence { get; init; }

    /// <summary>The languages.</summary>
    [Option("Languages for the card, by their codes, as a list with commas", ValueName = "LIST")]
    public string Languages { get; init; } = "";

    /// <summary>The model it was trained from.</summary>
    [Option("Model that training began with, for the card; a run knows it", ValueName = "NAME")]
    public string? BaseModel { get; init; }
}

/// <summary>A file that was written.</summary>
/// <param name="Path">Within the folder.</param>
/// <param name="Bytes">Its size.</param>
public sealed record ExportedFile(string Path, long Bytes);

/// <summary>An exported model.</summary>
/// <param name="Model">What was exported.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Files">Its files.</param>
public sealed record ModelExportResult(string Model, string Folder, IReadOnlyList<ExportedFile> Files) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(["file", ">bytes"], [.. Files.Select(file => (string[])[file.Path, file.Bytes.ToString("N0", CultureInfo.InvariantCulture)])]) { Title = $"{Model} in {Folder}" },
        new Paragraph($"Upload it with: {ProgramName.Typed} models push {Folder} owner/name --dry-run"));
}
