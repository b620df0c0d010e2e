using System.Globalization;
using System.Text;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Displays;

/// <summary>One stage of a long job as it is drawn.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Elapsed">Time since it began.</param>
/// <param name="Ending">How it ended.</param>
internal sealed record ProgressStage(WorkProgress State, TimeSpan Elapsed, ProgressEnding Ending)
{
    /// <summary>The class of the fragment that shows progress: a comparison of two runs passes it over.</summary>
    public const string ClassName = "cde-progress";

    private string Mark => Ending switch
    {
        ProgressEnding.Failed => "failed at ",
        ProgressEnding.Interrupted => "interrupted at ",
        ProgressEnding.Short => "ended at ",
        _ => "",
    };

    private string Colour => Ending switch
    {
        ProgressEnding.Failed => "#e5534b",
        ProgressEnding.Interrupted or ProgressEnding.Short => "#c69026",
        ProgressEnding.Done => "#3fb950",
        _ => "#388bfd",
    };

    /// <summary>Several stages, one below the other.</summary>
    /// <param name="stages">The stages, the earliest first.</param>
    /// <param name="earlier">Stages before those, which are only counted.</param>
    public static MimeBundle Bundle(IReadOnlyList<ProgressStage> stages, int earlier)
    {
        var text = new List<string>();
        var html = new StringBuilder($"<div class=\"{ClassName}\" style=\"display:grid;grid-template-columns:max-content minmax(6em,16em) 1fr;gap:.1em .8em;align-items:center\">");
        if (earlier > 0)
        {
            text.Add($"{Shown.Count(earlier)} earlier stages");
            html.Append("<span style=\"grid-column:1/-1;opacity:.65\">").Append(text[0]).Append("</span>");
        }

        foreach (var stage in stages)
        {
            text.Add(stage.Mark.Length > 0
                ? $"{stage.State.Stage}: {stage.Mark}{ProgressLine.Words(stage.State, stage.Elapsed)}"
                : ProgressLine.WithBar(stage.State, stage.Elapsed));
            stage.Append(html);
        }

        return new MimeBundle(string.Join('\n', text)).With(MimeBundle.Html, html.Append("</div>").ToString());
    }

    private void Append(StringBuilder html)
    {
        // A stage without a total has a full bar once it is done and an empty one before.
        var share = State.Total > 0 ? State.Share : Ending == ProgressEnding.Done ? 1 : 0;
        html.Append("<span>").Append(HtmlEscape.Of(State.Stage)).Append("</span>")
            .Append("<span style=\"height:.6em;border-radius:.3em;background:rgba(128,128,128,.25);overflow:hidden\">")
            .Append(CultureInfo.InvariantCulture, $"<span style=\"display:block;height:100%;width:{share * 100:0.#}%;background:{Colour}\"></span></span>")
            .Append("<span style=\"font-variant-numeric:tabular-nums\">").Append(HtmlEscape.Of(Mark + ProgressLine.Words(State, Elapsed))).Append("</span>");
    }
}

/// <summary>How a stage ended.</summary>
internal enum ProgressEnding
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>All is done, or it is not known how much there was.</summary>
    Done,

    /// <summary>It ended before all was done, and nobody said why: the next stage began.</summary>
    Short,

    /// <summary>The cell failed.</summary>
    Failed,

    /// <summary>The cell was interrupted.</summary>
    Interrupted,
}
