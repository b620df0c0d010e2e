using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Mining;

namespace Cde.Kernels.Commands;

/// <summary>Makes triplets of texts with classes.</summary>
public sealed class MineClassesCommand : Command<MineClassesOptions, MineClassesResult>
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override string Name => "mine classes";

    /// <inheritdoc/>
    public override string Summary => "Make triplets of texts with classes";

    /// <inheritdoc/>
    public override string Description =>
        "Reads texts with classes ({\"text\": ..., \"label\": ...}) and gives each a positive, drawn among the most similar texts of its class, and a negative, any of the least similar ones of "
        + "other classes, so that a wrong label does little harm (GISTEmbed). --out writes training triplets.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["mine classes --corpus intents.jsonl --model all-MiniLM-L6-v2 --out triplets.jsonl"];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override async Task<MineClassesResult> RunAsync(MineClassesOptions options, Session session, CancellationToken cancellation)
    {
        var dataset = session.TrainingDataset(options.Corpus, skipBad: false);
        // Only files of training data have classes: a corpus with queries is not asked for examples, which it may keep for testing.
        TrainingExample[] texts = dataset.Card.Form == DatasetForm.Training ? [.. dataset.TrainingExamples().Where(example => example.Label is not null)] : [];
        if (texts.Length == 0)
            throw new CdeException($"{options.Corpus} has no texts with classes; a line of such a file is {{\"text\": \"I lost my card\", \"label\": \"lost_card\"}}");
        var corpus = new MemoryCorpus(options.Corpus, texts.Select((text, row) => new Document(row.ToString(CultureInfo.InvariantCulture), text.Query)));
        var model = session.Model(options);
        var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        using var vectors = await embedder.EmbedAsync(corpus, null, session.Progress, cancellation).ConfigureAwait(false);
        string[] classes = [.. texts.Select(text => text.Label!)];
        var drawing = new ClassTripletOptions { Nearest = options.Nearest, Temperature = options.Temperature, Farthest = options.Farthest, Seed = options.Seed };
        var triplets = await Task.Run(() => ClassTriplets.Draw(vectors, classes, drawing, session.Progress, cancellation), cancellation).ConfigureAwait(false);
        if (options.Out is { } path)
            AtomicFile.Write(path, stream => Write(stream, texts, triplets));
        return new MineClassesResult(texts.Length, classes.Distinct(StringComparer.Ordinal).Count(), triplets.Count, texts.Length - triplets.Count)
        {
            Shown = [.. triplets.Take(options.Show).Select(triplet => new MinedTriplet(
                texts[triplet.Anchor].Query, texts[triplet.Positive].Query, texts[triplet.Negative].Query, triplet.PositiveScore, triplet.NegativeScore))],
            File = options.Out,
            Provenance = Loading.Provenance(options, model, corpus, context),
        };
    }

    private static void Write(Stream stream, TrainingExample[] texts, IReadOnlyList<ClassTriplet> triplets)
    {
        foreach (var triplet in triplets)
        {
            JsonSerializer.Serialize(
                stream, new Dictionary<string, string> { ["anchor"] = texts[triplet.Anchor].Query, ["positive"] = texts[triplet.Positive].Query, ["negative"] = texts[triplet.Negative].Query }, Json);
            stream.WriteByte((byte)'\n');
        }
    }
}
