using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Processes;
using Cde.Torch;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>Embeds a corpus, or texts, into an embedding matrix.</summary>
public sealed class EmbedCommand : Command<EmbedCommandOptions, EmbedResult>
{
    /// <inheritdoc/>
    public override string Name => "embed";

    /// <inheritdoc/>
    public override string Summary => "Embed a corpus or texts into vectors";

    /// <inheritdoc/>
    public override string Description =>
        "Embeds the texts given, or the whole corpus where none is given (the corpus still gives the context). --out writes the matrix as safetensors. "
        + "A corpus is embedded once and cached; an interrupted run goes on where it stopped. --processes N, or a launcher such as torchrun, "
        + "shares its batches among processes.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["embed --corpus dotnet-api/System.Text.Json --out json.safetensors", "embed \"read a file line by line\" --prompt query --json"];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override async Task<EmbedResult> RunAsync(EmbedCommandOptions options, Session session, CancellationToken cancellation)
    {
        if (SharedCommand.Starts(options.Processes))
            return await ShareAsync(options, session, cancellation).ConfigureAwait(false);
        return await Task.Run(() => SharedCommand.Run(options.Device, (group, _) => EmbedAsync(options, session, group, cancellation).GetAwaiter().GetResult(), cancellation), cancellation).ConfigureAwait(false);
    }

    /// <summary>Lets several processes embed the corpus into the cache or the file, and takes it from there.</summary>
    private async Task<EmbedResult> ShareAsync(EmbedCommandOptions options, Session session, CancellationToken cancellation)
    {
        if (options.Texts.Count > 0)
            throw new UsageException("embed: --processes shares a corpus; leave it out for texts on the command line");
        session.Corpus(options.Corpus); // tells what is wrong with it before anything is started
        var words = CommandWords.Of(this, options, "processes", "json", "quiet", "as", "out");
        var started = Stopwatch.GetTimestamp();
        var output = await LocalProcesses.RunAsync("embed", words, options.Processes, () => { }, cancellation).ConfigureAwait(false);
        var told = JsonDocument.Parse(output).RootElement.GetProperty("result");
        var result = await EmbedAsync(options, session, null, cancellation).ConfigureAwait(false); // from the cache
        return result with
        {
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            Tokens = told.TryGetProperty("tokens", out var tokens) ? tokens.GetInt64() : null,
            PaddingTax = told.TryGetProperty("paddingTax", out var tax) ? tax.GetDouble() : null,
        };
    }

    private static async Task<EmbedResult> EmbedAsync(EmbedCommandOptions options, Session session, ProcessGroup? group, CancellationToken cancellation)
    {
        var corpus = session.Corpus(options.Corpus);
        var model = session.Model(options);
        var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        var settings = new EmbedOptions { PromptName = options.Prompt, MaxTokens = options.MaxTokens, Cache = options.Texts.Count > 0 ? null : EmbeddingCache.Default, Processes = group };
        var started = Stopwatch.GetTimestamp();
        var matrix = options.Texts.Count > 0
            ? await embedder.EmbedAsync(options.Texts, settings, session.Progress, cancellation).ConfigureAwait(false)
            : await embedder.EmbedAsync(corpus, settings, session.Progress, cancellation).ConfigureAwait(false);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var result = new EmbedResult(
            matrix.Count, matrix.Dimension, options.Out, seconds, matrix.Work?.Tokens, matrix.Work?.PaddingTax,
            options.Texts.Count > 0 ? [.. Enumerable.Range(0, matrix.Count).Select(row => matrix[row].ToArray())] : null)
        {
            Matrix = matrix,
            Provenance = Loading.Provenance(options, model, corpus, context),
        };
        try
        {
            if (options.Out is { } path && group is not { Rank: > 0 })
                matrix.Save(path);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }
}

/// <summary>What <c>embed</c> takes.</summary>
public sealed record EmbedCommandOptions : ContextOptions
{
    /// <summary>Texts to embed in place of the corpus.</summary>
    [Argument(0, "Texts to embed; the whole corpus where none is given", ValueName = "TEXT")]
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The prompt in front of every text.</summary>
    [Option("Prompt in front of every text, by its name in the model: query or document", ValueName = "NAME")]
    public string? Prompt { get; init; }

    /// <summary>Processes on this machine.</summary>
    [Option("Processes on this machine that share the corpus; the vectors are those of one process", Min = 1, Max = 1024)]
    public int Processes { get; init; } = 1;

    /// <summary>Where texts are cut.</summary>
    [Option("Tokens at which texts are cut, prompt and special tokens included; the model's limit where left out", Min = 1)]
    public int? MaxTokens { get; init; }
}

/// <summary>What was embedded. It owns its matrix: who keeps it disposes of it.</summary>
/// <param name="Count">Vectors.</param>
/// <param name="Dimension">Their width.</param>
/// <param name="Path">The file that was written; null where none was asked for.</param>
/// <param name="Seconds">Time that embedding took, or opening the cached matrix.</param>
/// <param name="Tokens">Real tokens that were encoded; null where the matrix was cached.</param>
/// <param name="PaddingTax">Share of the computed positions that were padding, 0 to 1; null where the matrix was cached.</param>
/// <param name="Vectors">The vectors of texts given on the command line; null for a corpus.</param>
public sealed record EmbedResult(
    int Count, int Dimension, string? Path, double Seconds, long? Tokens, double? PaddingTax, IReadOnlyList<float[]>? Vectors)
    : CommandResult, IDisposable
{
    /// <summary>The vectors with their ids; in a mapped file where the corpus is large.</summary>
    [JsonIgnore]
    public EmbeddingMatrix? Matrix { get; init; }

    /// <summary>Releases the matrix.</summary>
    public void Dispose() => Matrix?.Dispose();

    /// <inheritdoc/>
    public override View Describe()
    {
        var how = Tokens is { } tokens
            ? string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.0} s, {tokens / Math.Max(Seconds, 1e-9):N0} tokens/s, padding {PaddingTax * 100:0.0} %")
            : "from the cache";
        var blocks = new List<Block> { new Paragraph($"{Shown.Count(Count)} vectors of width {Dimension} ({how})") };
        if (Path is not null)
            blocks.Add(new Paragraph($"written to {Path}"));
        if (Vectors is not null)
        {
            blocks.Add(new Table(["text", "first numbers"], [.. Vectors.Select((vector, row) => (string[])[
                row.ToString(CultureInfo.InvariantCulture),
                string.Join(' ', vector.Take(8).Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture))) + (vector.Length > 8 ? " …" : ""),
            ])]));
        }

        return new View(blocks);
    }
}
