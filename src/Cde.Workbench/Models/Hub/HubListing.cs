using System.Text.Json;

namespace Cde.Workbench.Models.Hub;

/// <summary>Reads what a hub says about a model.</summary>
internal static class HubListing
{
    /// <summary>The commit that a revision stands for.</summary>
    public static string Commit(string repository, byte[] answer) => Parse(repository, answer, root =>
        root.TryGetProperty("sha", out var sha) && sha.GetString() is { } commit && HubNames.IsCommit(commit)
            ? commit
            : throw new CdeException($"{repository}: the hub's answer names no commit"));

    /// <summary>The files of a page of the listing, paths checked.</summary>
    public static List<HubFile> Files(string repository, byte[] answer) => Parse(repository, answer, root =>
    {
        var files = new List<HubFile>();
        foreach (var entry in root.EnumerateArray())
        {
            if (entry.GetProperty("type").GetString() != "file")
                continue;
            var path = HubFile.CheckPath(repository, entry.GetProperty("path").GetString() ?? "");
            var size = entry.GetProperty("size").GetInt64();
            var isLarge = entry.TryGetProperty("lfs", out var lfs) && lfs.ValueKind == JsonValueKind.Object;
            var sha256 = isLarge ? lfs.GetProperty("oid").GetString() : null;
            var oid = !isLarge && entry.TryGetProperty("oid", out var git) ? git.GetString() : null;
            if (size < 0)
                throw new CdeException($"{repository}: the hub gives {path} the size {size}");
            var file = new HubFile(path, size, sha256?.ToLowerInvariant(), oid?.ToLowerInvariant());
            if (!IsHash(file.Sha256, 64) && !IsHash(file.GitOid, 40))
                throw new CdeException($"{repository}: the hub names no hash of {path}, so that what comes could not be checked; refused");
            files.Add(file);
        }

        return files;
    });

    /// <summary>The names of branches and tags.</summary>
    public static List<string> References(string repository, byte[] answer) => Parse(repository, answer, root =>
        new[] { "branches", "tags" }
            .Where(kind => root.TryGetProperty(kind, out _))
            .SelectMany(kind => root.GetProperty(kind).EnumerateArray().Select(entry => entry.GetProperty("name").GetString() ?? ""))
            .ToList());

    /// <summary>The address of the next page in a <c>Link</c> header: <c>&lt;address&gt;; rel="next"</c>.</summary>
    public static Uri? NextPage(HttpResponseMessage response, Uri page)
    {
        if (!response.Headers.TryGetValues("Link", out var links))
            return null;
        foreach (var link in links.SelectMany(value => value.Split(',')))
        {
            var end = link.IndexOf('>', StringComparison.Ordinal);
            var start = link.IndexOf('<', StringComparison.Ordinal);
            if (start >= 0 && end > start && link[end..].Contains("rel=\"next\"", StringComparison.Ordinal)
                && Uri.TryCreate(page, link[(start + 1)..end], out var next) && next.Authority == page.Authority && next.Scheme == page.Scheme)
                return next;
        }

        return null;
    }

    private static bool IsHash(string? text, int length) => text?.Length == length && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Reads an answer; what breaks the interface is told in one line.</summary>
    public static T Parse<T>(string repository, byte[] answer, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return read(json.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new CdeException($"{repository}: the hub's answer is not what its interface promises ({failure.Message.ReplaceLineEndings(" ")})", failure);
        }
    }
}
