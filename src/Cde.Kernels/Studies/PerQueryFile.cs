using System.Globalization;
using System.IO.Compression;
using System.Text;
using Cde.Workbench;

namespace Cde.Kernels.Studies;

/// <summary>A study's score of every query, as tab-separated text: corpus, query, then a column a condition. Compressed where the name ends with <c>.gz</c>.</summary>
public static class PerQueryFile
{
    /// <summary>Writes the file; it appears as a whole.</summary>
    public static void Write(string path, HeldOutScores scores)
    {
        var text = new StringBuilder();
        text.Append("corpus\tquery");
        foreach (var condition in scores.Conditions)
            text.Append('\t').Append(condition.Key);
        text.Append('\n');
        foreach (var corpus in scores.Corpora)
        {
            for (var query = 0; query < corpus.Queries; query++)
            {
                text.Append(corpus.Name).Append('\t').Append(corpus.QueryIds[query]);
                foreach (var score in corpus.Scores)
                    text.Append('\t').Append(Math.Round(score.PerQuery[query], 5).ToString(CultureInfo.InvariantCulture));
                text.Append('\n');
            }
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            AtomicFile.WriteAllBytes(path, bytes);
            return;
        }

        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zip.Write(bytes);
        AtomicFile.WriteAllBytes(path, packed.ToArray());
    }
}
