using System.Net;
using System.Net.Http.Headers;

namespace Cde.Workbench.Models;

/// <summary>Requests to a hub, repeated with growing waits, and downloads that resume.</summary>
internal sealed class HubTransfer(HubOptions options, HttpMessageHandler handler) : IDisposable
{
    private const long MaxAnswerBytes = 64 << 20;
    private const string PartSuffix = ".part";

    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(1);

    // Silence is timed for each read, so a slow large file is no failure.
    private readonly HttpClient _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };

    public sealed record Answer(byte[] Content, Uri? NextPage);

    /// <summary>Opens the file that a download is written to, at its end.</summary>
    public Func<string, Stream> OpenPart { get; set; } =
        path => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>A small answer, whole.</summary>
    public async Task<Answer> GetAsync(string repository, Uri address, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var silence = Silence(ct);
                using var response = await SendAsync(repository, address, from: 0, silence.Token).ConfigureAwait(false);
                await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, silence.Token).ConfigureAwait(false);
                return new Answer(await response.Content.ReadAsByteArrayAsync(silence.Token).ConfigureAwait(false), HubListing.NextPage(response, address));
            }
            catch (Exception failure) when (IsTransient(failure, ct))
            {
                await WaitAsync(address, attempt, failure, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Fetches a file to its place, resuming what an earlier attempt left; nothing where it is there already.</summary>
    public async Task DownloadAsync(string repository, HubFile file, Uri address, string target, Action<long> report, CancellationToken ct)
    {
        if (File.Exists(target) && new FileInfo(target).Length == file.Size)
        {
            report(file.Size);
            return;
        }

        var part = target + PartSuffix;
        OnDisk(part, () => Directory.CreateDirectory(Path.GetDirectoryName(target)!));
        if (LengthOf(part) > file.Size)
            File.Delete(part);
        for (var attempt = 1; LengthOf(part) < file.Size || !File.Exists(part); attempt++)
        {
            var before = LengthOf(part);
            try
            {
                await AppendAsync(repository, file, address, part, report, ct).ConfigureAwait(false);
                if (LengthOf(part) < file.Size)
                    throw new HttpRequestException($"the connection ended after {LengthOf(part)} of {file.Size} bytes");
            }
            catch (Exception failure) when (IsTransient(failure, ct))
            {
                attempt = LengthOf(part) > before ? 1 : attempt;
                await WaitAsync(address, attempt, failure, ct).ConfigureAwait(false);
            }
        }

        if (LengthOf(part) != file.Size || !file.Matches(part))
        {
            File.Delete(part);
            throw new CdeException($"{repository}: {file.Path} came with another content than the hub announced (size or hash); it was removed: try again");
        }

        OnDisk(target, () => File.Move(part, target, overwrite: true));
    }

    public void Dispose() => _client.Dispose();

    private async Task AppendAsync(string repository, HubFile file, Uri address, string part, Action<long> report, CancellationToken ct)
    {
        using var silence = Silence(ct);
        var start = LengthOf(part);
        using var response = await SendAsync(repository, address, start, silence.Token).ConfigureAwait(false);
        if (start > 0 && response.StatusCode != HttpStatusCode.PartialContent)
        {
            File.Delete(part); // the server sends the whole file again
            start = 0;
        }

        using var source = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        var output = OnDisk(part, () => OpenPart(part));
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
                throw new CdeException($"{repository}: {file.Path} is longer than the {file.Size} bytes that the hub announced; refused");
            }

            OnDisk(part, () => output.Write(buffer, 0, read));
            report(length);
        }

        OnDisk(part, () => Flush(output));
    }

    private async Task<HttpResponseMessage> SendAsync(string repository, Uri address, long from, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (options.Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        if (from > 0)
            request.Headers.Range = new RangeHeaderValue(from, null);
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        var isExpected = response.StatusCode == HttpStatusCode.OK
            || (response.StatusCode == HttpStatusCode.PartialContent && from > 0 && response.Content.Headers.ContentRange?.From == from);
        if (isExpected)
            return response;
        using (response)
        {
            throw response.StatusCode switch
            {
                HttpStatusCode.NotFound => new CdeException($"{repository}: {address} does not exist; check name and revision"),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new CdeException(
                    $"{repository}: {options.Endpoint.Host} refuses access ({(int)response.StatusCode}); check the name, accept the model's terms there, and set HF_TOKEN"),
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new RetryException(response),
                _ => new CdeException($"{repository}: {address} answers {(int)response.StatusCode} {response.ReasonPhrase}"),
            };
        }
    }

    private async Task WaitAsync(Uri address, int attempt, Exception failure, CancellationToken ct)
    {
        if (attempt >= options.MaxAttempts)
        {
            var reason = failure is OperationCanceledException ? $"silent for {options.Silence.TotalSeconds:0} s" : failure.Message.TrimEnd('.').ReplaceLineEndings(" ");
            throw new HubUnreachableException(
                $"{address} could not be fetched in {attempt} attempts: {reason}; what has come is kept: try again, or set HF_ENDPOINT to a mirror", failure);
        }

        var delay = options.FirstDelay * Math.Pow(2, attempt - 1);
        if (failure is RetryException { RetryAfter: { } asked } && asked > delay)
            delay = asked;
        await Task.Delay(delay < MaxDelay ? delay : MaxDelay, TimeProvider.System, ct).ConfigureAwait(false);
    }

    private CancellationTokenSource Silence(CancellationToken ct)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        source.CancelAfter(options.Silence);
        return source;
    }

    private static bool IsTransient(Exception failure, CancellationToken ct) =>
        !ct.IsCancellationRequested && failure is HttpRequestException or IOException or OperationCanceledException;

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static void Flush(Stream stream)
    {
        if (stream is FileStream file)
            file.Flush(flushToDisk: true);
        else
            stream.Flush();
    }

    private static void OnDisk(string path, Action work) => OnDisk(path, () =>
    {
        work();
        return true;
    });

    // Failures of the disk must not look like failures of the network, which are tried again.
    private static T OnDisk<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} could not be written: {failure.Message.TrimEnd('.')}; what has come is kept: free some space and try again", failure);
        }
    }

    private sealed class RetryException(HttpResponseMessage response)
        : HttpRequestException($"it answers {(int)response.StatusCode} {response.ReasonPhrase}")
    {
        public TimeSpan? RetryAfter { get; } = response.Headers.RetryAfter?.Delta;
    }
}
