using System.Net;
using System.Net.Http.Headers;

namespace Cde.Workbench.Models.Hub;

/// <summary>Fetches one file's content as a blob: resumed from what an earlier run left, checked against the size, tag and hash that the hub announced.</summary>
internal sealed class HubTransfer(HubConnection connection, HubOptions options)
{
    /// <summary>What a part is called beside its blob, as Hugging Face's own library calls it.</summary>
    private const string PartSuffix = ".incomplete";

    /// <summary>Opens the file that a download is written to, at its end; tests put a full disk here.</summary>
    public Func<string, Stream> OpenPart { get; set; } =
        path => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>How much of a blob has come already.</summary>
    public static long Kept(string blob) => LengthOf(blob + PartSuffix);

    /// <summary>Fetches a blob; the caller holds its lock.</summary>
    public async Task FetchAsync(string repository, HubFile file, Uri address, string blob, Action<long> report, CancellationToken ct)
    {
        var part = blob + PartSuffix;
        HubDisk.Do(part, () => Directory.CreateDirectory(Path.GetDirectoryName(blob)!));
        if (LengthOf(part) > file.Size)
            File.Delete(part);
        var isResumed = LengthOf(part) > 0;
        await CompleteAsync(repository, file, address, part, report, ct).ConfigureAwait(false);
        if (!file.Matches(part) && isResumed)
        {
            File.Delete(part); // an earlier run may have left bytes of its own making
            await CompleteAsync(repository, file, address, part, report, ct).ConfigureAwait(false);
        }

        if (!file.Matches(part))
        {
            File.Delete(part);
            throw new CdeException($"{repository}: {file.Path} came with another content than the hub announced (size or hash); it was removed: try again");
        }

        HubDisk.Do(blob, () => File.Move(part, blob, overwrite: true));
    }

    private async Task CompleteAsync(string repository, HubFile file, Uri address, string part, Action<long> report, CancellationToken ct)
    {
        if (LengthOf(part) == file.Size && File.Exists(part))
            return;
        await connection.RetryAsync(
            address,
            async silence =>
            {
                await AppendAsync(repository, file, address, part, report, silence).ConfigureAwait(false);
                return LengthOf(part) == file.Size ? true : throw new HttpRequestException($"the connection ended after {LengthOf(part)} of {file.Size} bytes");
            },
            () => LengthOf(part),
            ct).ConfigureAwait(false);
    }

    private async Task AppendAsync(string repository, HubFile file, Uri address, string part, Action<long> report, CancellationTokenSource silence)
    {
        var start = LengthOf(part);
        using var response = await connection.SendAsync(
            address,
            () => new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = start > 0 ? new RangeHeaderValue(start, null) : null } },
            answer => CheckAnnounced(repository, file, answer),
            silence.Token).ConfigureAwait(false);
        var isRest = response.StatusCode == HttpStatusCode.PartialContent && start > 0 && response.Content.Headers.ContentRange?.From == start;
        if (response.StatusCode != HttpStatusCode.OK && !isRest)
            throw connection.Refusal(repository, address, response);
        if (start > 0 && !isRest)
        {
            File.Delete(part); // the server sends the whole file again
            start = 0;
        }

        CheckLength(repository, file, response, start);
        using var source = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        var output = HubDisk.Do(part, () => OpenPart(part));
        await using var _ = output.ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        for (var length = start; ;)
        {
            silence.CancelAfter(options.Silence);
            var read = await source.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
            if (read == 0)
                break;
            length += read;
            if (length > file.Size)
            {
                output.Close();
                File.Delete(part);
                throw TooLong(repository, file);
            }

            HubDisk.Do(part, () => output.Write(buffer, 0, read));
            report(length);
        }

        HubDisk.Do(part, () => Flush(output));
    }

    /// <summary>The tag and size that the hub's own answer carries, before it leads on to where large files are stored.</summary>
    private static void CheckAnnounced(string repository, HubFile file, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode >= 400)
            return;
        var linked = Header(answer, "X-Linked-Etag");
        var tag = (linked ?? answer.Headers.ETag?.Tag)?.Replace("W/", "", StringComparison.Ordinal).Trim('"').ToLowerInvariant();
        var isHash = tag is { Length: 40 or 64 } && tag.All(char.IsAsciiHexDigit);
        if (isHash && tag!.Length == file.BlobName.Length && tag != file.BlobName)
            throw new CdeException($"{repository}: {file.Path} has the tag {tag}, listed was {file.BlobName}; the hub contradicts itself: try again later");
        if (long.TryParse(Header(answer, "X-Linked-Size"), out var size) && size != file.Size)
            throw new CdeException($"{repository}: {file.Path} has {size} bytes by its answer and {file.Size} by the listing; the hub contradicts itself: try again later");
    }

    private static void CheckLength(string repository, HubFile file, HttpResponseMessage response, long start)
    {
        if (response.Content.Headers.ContentEncoding.Count == 0 && response.Content.Headers.ContentLength is { } length && start + length > file.Size)
            throw TooLong(repository, file);
    }

    private static CdeException TooLong(string repository, HubFile file) =>
        new($"{repository}: {file.Path} is longer than the {file.Size} bytes that the hub announced; refused");

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static void Flush(Stream stream)
    {
        if (stream is FileStream file)
            file.Flush(flushToDisk: true);
        else
            stream.Flush();
    }
}
