using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Contexts;

namespace Cde.Kernels.Commands;

/// <summary>Samples the documents that a context is made of, and shows them.</summary>
public sealed class MinicorpusCommand : Command<MinicorpusOptions, MinicorpusResult>
{
    /// <inheritdoc/>
    public override string Name => "minicorpus";

    /// <inheritdoc/>
    public override string Summary => "Sample a minicorpus and show it";

    /// <inheritdoc/>
    public override string Description =>
        "A minicorpus is the handful of documents that stands for a corpus when a contextual model embeds. The same corpus, sampler, size and seed give the same one. Samplers that look at the documents embed them with --model, without a context.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["minicorpus --corpus dotnet-api/System.Text.Json --size 64", "minicorpus --corpus dotnet-api/System.Text.Json --sampler coverage --size 16", "minicorpus --sampler random-strings --seed 7"];

    /// <inheritdoc/>
    public override async Task<MinicorpusResult> RunAsync(MinicorpusOptions options, Session session, CancellationToken cancellation)
    {
        var corpus = session.Corpus(options.Corpus);
        var sample = await Sampling.RunAsync(session, corpus, options, options.Size, () => session.Model(options), cancellation).ConfigureAwait(false);
        return new MinicorpusResult(
            sample.Source.Name,
            sample.Sampler,
            sample.Seed,
            [.. sample.Rows.Select(sample.Source.GetId)],
            [.. sample.Documents.Take(options.Show).Select(document => new ShownDocument(document.Id, document.FullText))])
        {
            Sample = sample,
            Provenance = new Provenance { Seed = options.Seed, Corpus = sample.Source.Name, CorpusHash = sample.Source.Hash },
        };
    }
}

/// <summary>What <c>minicorpus</c> takes.</summary>
public sealed record MinicorpusOptions : SamplingOptions
{
    /// <summary>How many documents.</summary>
    [Option("Documents in the minicorpus; a smaller corpus' documents occur more than once", Min = 1, Max = 4096)]
    public int Size { get; init; } = 128;

    /// <summary>How many documents are shown.</summary>
    [Option("Documents to show", Min = 0, Max = 4096)]
    public int Show { get; init; } = 10;
}

/// <summary>A minicorpus.</summary>
/// <param name="Corpus">The corpus that was sampled.</param>
/// <param name="Sampler">The sampler.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="DocumentIds">The documents, in order.</param>
/// <param name="Documents">The first of them, with their texts.</param>
public sealed record MinicorpusResult(
    string Corpus, string Sampler, long Seed, IReadOnlyList<string> DocumentIds, IReadOnlyList<ShownDocument> Documents) : CommandResult
{
    /// <summary>The minicorpus itself.</summary>
    [JsonIgnore]
    public Minicorpus? Sample { get; init; }

    /// <inheritdoc/>
    public override View Describe() => new(
        new Paragraph($"{DocumentIds.Count} documents ({DocumentIds.Distinct().Count()} different ones) of {Corpus}, sampler {Sampler}, seed {Seed}"),
        new Table(["id", "text"], [.. Documents.Select(document => (string[])[document.Id, Shown.Shorten(document.Text, 90)])]));
}

/// <summary>A document as tables and JSON show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its title and text.</param>
public sealed record ShownDocument(string Id, string Text);
