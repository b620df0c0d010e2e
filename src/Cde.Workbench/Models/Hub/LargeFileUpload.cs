using System.Net.Http.Headers;
using System.Text.Json;

namespace Cde.Workbench.Models.Hub;

/// <summary>Sends large files to where a hub stores them, by git LFS' batch interface: whole (<c>basic</c>) or in parts (<c>multipart</c>). What is there already is not sent.</summary>
internal sealed class LargeFileUpload(HubConnection connection, HubOptions options)
{
    private const string LfsJson = "application/vnd.git-lfs+json";

    /// <summary>Objects that one batch may name, as the hub allows.</summary>
    private const int BatchSize = 256;

    public async Task SendAsync(string repository, IReadOnlyList<UploadFile> files, IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        var (done, total) = (0L, files.Sum(file => file.Size));
        foreach (var batch in files.Chunk(BatchSize))
        {
            foreach (var (file, action) in await AskAsync(repository, batch, ct).ConfigureAwait(false))
            {
                if (action is not null)
                    await UploadAsync(repository, file, action, ct).ConfigureAwait(false);
                done += file.Size;
                progress?.Report(new WorkProgress("uploading", done, total, "bytes"));
            }
        }
    }

    private async Task<List<(UploadFile File, Actions? Action)>> AskAsync(string repository, UploadFile[] files, CancellationToken ct)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new
        {
            operation = "upload",
            transfers = new[] { "basic", "multipart" },
            objects = files.Select(file => new { oid = file.Sha256, size = file.Size }),
            hash_algo = "sha256",
        });
        var answer = await connection.AskAsync(repository, connection.Address($"{repository}.git/info/lfs/objects/batch"), () => Lfs(content), ct).ConfigureAwait(false);
        return HubListing.Parse(repository, answer.Content, root =>
        {
            var objects = root.GetProperty("objects").EnumerateArray().ToDictionary(entry => entry.GetProperty("oid").GetString()!);
            return files.Select(file => (file, Actions.Read(repository, file, objects[file.Sha256], options.Endpoint))).ToList();
        });
    }

    private async Task UploadAsync(string repository, UploadFile file, Actions action, CancellationToken ct)
    {
        if (action.PartSize is not { } size)
        {
            await PutAsync(repository, file, action.Upload, action.Headers, 0, file.Size, ct).ConfigureAwait(false);
        }
        else
        {
            var parts = new List<object>();
            for (var (number, start) = (1, 0L); start < file.Size; number++, start += size)
            {
                if (!action.Parts.TryGetValue(number, out var address))
                    throw new CdeException($"{repository}: the hub names no place for part {number} of {file.Path}; try again later");
                parts.Add(new { partNumber = number, etag = await PutAsync(repository, file, address, [], start, Math.Min(size, file.Size - start), ct).ConfigureAwait(false) });
            }

            var content = JsonSerializer.SerializeToUtf8Bytes(new { oid = file.Sha256, parts });
            await connection.AskAsync(repository, action.Upload, () => Lfs(content), ct).ConfigureAwait(false);
        }

        if (action.Verify is { } verify)
        {
            var content = JsonSerializer.SerializeToUtf8Bytes(new { oid = file.Sha256, size = file.Size });
            await connection.AskAsync(repository, verify, () => Lfs(content), ct).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a part of a file, and gives the tag that the store answers with.</summary>
    private Task<string?> PutAsync(string repository, UploadFile file, Uri address, IReadOnlyList<(string Name, string Value)> headers, long start, long length, CancellationToken ct) => connection.RetryAsync(
        address,
        async silence =>
        {
            void Moved() => silence.CancelAfter(options.Silence);
            using var response = await connection.SendAsync(address, () => Request(new FilePart(file.Place, start, length, Moved), headers, length), null, silence.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? response.Headers.ETag?.Tag : throw connection.Refusal(repository, new Uri(address.GetLeftPart(UriPartial.Path)), response);
        },
        null,
        ct);

    private static HttpRequestMessage Request(FilePart stream, IReadOnlyList<(string Name, string Value)> headers, long length)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, (Uri?)null) { Content = new StreamContent(stream, 1 << 16) { Headers = { ContentLength = length } } };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static HttpRequestMessage Lfs(byte[] content)
    {
        var request = HubUpload.Post(content, LfsJson);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(LfsJson));
        return request;
    }

    /// <summary>Where an object goes.</summary>
    private sealed record Actions(Uri Upload, IReadOnlyList<(string Name, string Value)> Headers, Uri? Verify, long? PartSize, IReadOnlyDictionary<int, Uri> Parts)
    {
        /// <summary>Null for an object that is there already.</summary>
        public static Actions? Read(string repository, UploadFile file, JsonElement entry, Uri hub)
        {
            if (entry.TryGetProperty("error", out var error))
                throw new CdeException($"{repository}: the hub does not take {file.Path}: {error.GetProperty("message").GetString()?.ReplaceLineEndings(" ")}");
            if (!entry.TryGetProperty("actions", out var actions) || !actions.TryGetProperty("upload", out var upload))
                return null;
            List<(string Name, string Value)> headers = upload.TryGetProperty("header", out var named)
                ? [.. named.EnumerateObject().Select(header => (header.Name, header.Value.ToString()))] : [];
            var size = headers.Where(header => header.Name == "chunk_size").Select(header => long.TryParse(header.Value, out var bytes) && bytes > 0 ? bytes : (long?)null).FirstOrDefault();
            var parts = headers.Where(header => int.TryParse(header.Name, out _)).ToDictionary(header => int.Parse(header.Name, System.Globalization.CultureInfo.InvariantCulture), header => new Uri(hub, header.Value));
            return new Actions(
                new Uri(hub, upload.GetProperty("href").GetString()!), headers, actions.TryGetProperty("verify", out var verify) ? new Uri(hub, verify.GetProperty("href").GetString()!) : null, size, parts);
        }
    }
}
