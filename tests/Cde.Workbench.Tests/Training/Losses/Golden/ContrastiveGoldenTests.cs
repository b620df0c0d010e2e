using Cde.Workbench.Search;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses.Golden;

/// <summary>Losses on queries, their documents and negatives against the original implementations: values and gradients.</summary>
[Trait("Category", "Golden")]
public sealed class ContrastiveGoldenTests
{
    [Fact]
    public void InfoNce_multipleNegativesRanking_givesTheOriginalsLossAndGradients()
    {
        using var folder = new LossFolder("multiple_negatives_ranking");

        folder.Check(one => InfoNce.Loss(one["anchor"], one["positive"], one.Rows("negative", "negative2"), null, new()
        {
            Temperature = 1 / one.Number("scale"),
            Similarity = one.Text("similarity") == "dot" ? Similarity.InnerProduct : Similarity.Cosine,
            IsSymmetric = one.Flag("symmetric"),
        }));
    }

    [Fact]
    public void ContrastiveLosses_ofOpenRetrievals_giveTheOriginalsLossAndGradients()
    {
        using var folder = new LossFolder("open_retrievals_infonce_simcse");

        folder.Check(one => one.Kind switch
        {
            "simcse_unsupervised" or "simcse_supervised" =>
                SimCse.Loss(one["query"], one["positive"], one.Find("negative"), new() { Temperature = one.Number("temperature") }),
            "ntxent" => NtXent.Loss(Every(one["x"], 0), Every(one["x"], 1), new() { Temperature = one.Number("temperature") }),
            "infonce" or "triplet_ranking" => InfoNce.Loss(one["query"], one["positive"], one.Find("negative"), null, new()
            {
                Temperature = one.Number("temperature"),
                IsSymmetric = one.Parameters.TryGetProperty("negative_mode", out var mode) && mode.GetString() == "paired",
                Candidates = one.Find("negative") is null || one.Flag("use_inbatch_negative") ? CandidateScope.InBatch : CandidateScope.Grouped,
            }),
            var kind => throw new InvalidOperationException(kind),
        });
    }

    [Fact]
    public void CdeContrastive_withDuplicatesAndMasks_givesTheOriginalsLossGradientsAndScores()
    {
        using var folder = new LossFolder("cde_contrastive");

        folder.Check(one =>
        {
            var options = new CdeContrastiveOptions { Temperature = 1 / one.Number("logit_scale") };
            var scores = CdeContrastive.Scores(one["query"], one["document"], options);
            Assert.True(allclose(one.Expected("scores"), scores, 1e-4, 1e-5), one.Id);
            return CdeContrastive.Loss(one["query"], one["document"], one["one_hot_labels"], one["duplicate_labels"], options);
        });
    }

    [Fact]
    public void ContrastiveLabels_givenIdsAndGuideVectors_areTheOriginals()
    {
        using var folder = new LossFolder("cde_label_construction");

        folder.Check(one =>
        {
            var negatives = (int)one.Number("hard_negatives_per_query");
            var ids = one.Parameters.GetProperty("idx").EnumerateArray().Select((id, row) => negatives == 0 ? row : id.GetInt64()).ToArray(); // without hard negatives the original ignores the ids
            var threshold = one.Parameters.GetProperty("hn_tune_threshold");
            using var labels = ContrastiveLabels.Of(ids, negatives, one["query_filter"], one["document_filter"], new()
            {
                Threshold = threshold.ValueKind == System.Text.Json.JsonValueKind.Null ? 0 : threshold.GetDouble(),
                UsesInBatchNegatives = negatives == 0 || one.Flag("use_in_batch_negatives"),
            });
            Assert.True(labels.Relevant.eq(one.Expected("one_hot_labels").ne(0)).all().item<bool>(), $"{one.Id}: relevant");
            Assert.True(labels.Excluded.eq(one.Expected("duplicate_labels").ne(0)).all().item<bool>(), $"{one.Id}: excluded {one.Parameters.GetRawText()}");
            return CdeContrastive.Loss(one["query"], one["document"], labels.Relevant, labels.Excluded, new() { Temperature = 1 / one.Number("logit_scale") });
        });
    }

    [Fact]
    public void Guided_allVariants_giveTheOriginalsLossAndGradients()
    {
        using var folder = new LossFolder("gist_guided");

        folder.Check(one => one.Kind switch
        {
            "sentence_transformers" => Guided.Loss(one["anchor"], one["positive"], one.Find("negative"), Guide(one, "guide_anchor"), new()
            {
                Temperature = one.Number("temperature"),
                Margin = one.Number("margin"),
                MarginStrategy = one.Text("margin_strategy") == "absolute" ? GuideMargin.Absolute : GuideMargin.Relative,
                ContrastsQueries = one.Flag("contrast_anchors"),
                ContrastsDocuments = one.Flag("contrast_positives"),
            }),
            var kind when kind.StartsWith("original", StringComparison.Ordinal) => Original(one, kind),
            var kind => throw new InvalidOperationException(kind),
        });
    }

    [Fact]
    public void MaxSim_allVariants_giveTheOriginalsScoresLossAndGradients()
    {
        using var folder = new LossFolder("colbert_maxsim");

        folder.Check(one => one.Kind switch
        {
            "score aligned" or "score one query vs all" => MaxSim.Pairs(one["Q"], one["D"], one["D_mask"].squeeze(-1)),
            "ib_loss" => InBatchLoss(one),
            "or_colbert" => MaxSim.Loss(one["query"], one["positive"], one.Find("negative"), null, new()
            {
                Temperature = one.Number("temperature"),
                Candidates = one.Flag("use_inbatch_negative") ? CandidateScope.InBatch : CandidateScope.Grouped,
            }),
            var kind => throw new InvalidOperationException(kind),
        });
    }

    /// <summary>ColBERT's own in-batch loss: documents in groups of nway, the answer first; no query meets its own negatives.</summary>
    private static Tensor InBatchLoss(LossCase one)
    {
        var nway = (long)one.Number("nway");
        var documents = one["D"].unflatten(0, [-1, nway]); // (B, nway, T, d)
        var masks = one["D_mask"].squeeze(-1).unflatten(0, [-1, nway]);
        return MaxSim.Loss(
            one["Q"],
            documents.select(1, 0),
            documents.narrow(1, 1, nway - 1).flatten(0, 1),
            cat([masks.select(1, 0), masks.narrow(1, 1, nway - 1).flatten(0, 1)], 0),
            new() { Temperature = 1, Candidates = CandidateScope.WithoutOwnNegatives });
    }

    private static Tensor Original(LossCase one, string kind)
    {
        var options = new GuidedOptions
        {
            Temperature = one.Number("temperature"),
            HardNegativesOnly = kind == "original_hard",
            Triplet = kind switch { "original_triplet" => GuidedTriplet.HardestAsPublished, "original_triplet_soft" => GuidedTriplet.Mean, _ => GuidedTriplet.None },
            TripletMargin = one.Parameters.TryGetProperty("tl_margin", out var margin) && margin.ValueKind == System.Text.Json.JsonValueKind.Number ? margin.GetDouble() : 0,
        };
        var guide = kind == "original_without_guide" ? null : Guide(one, "guide_query");
        if (guide is not null)
        {
            var student = GuidedScores.Of(one["query"], one["positive"], one["negative"], options, 0, one["query"].size(0));
            var masked = GuidedScores.Masked(student, GuidedScores.OfGuide(guide, true, options, 0, one["query"].size(0)), options, 0);
            Assert.True(masked.eq(one.Expected("scores_are_masked").ne(0)).all().item<bool>(), $"{one.Id}: masks");
        }

        return Guided.Loss(one["query"], one["positive"], one["negative"], guide, options);
    }

    private static GuideVectors Guide(LossCase one, string queries) => new(one[queries], one["guide_positive"], one.Find("guide_negative"));

    private static Tensor Every(Tensor rows, long from) => rows.unflatten(0, [-1, 2]).select(1, from);
}
