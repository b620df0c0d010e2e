using System.Net;
using System.Net.Http.Headers;

namespace Cde.Workbench.Models.Hub;

/// <summary>
/// Requests to a hub: the token goes to the hub's own host and to no other that a redirect leads to; what fails for a moment is tried again after growing waits.
/// Proxies are those that .NET finds (<c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>, <c>ALL_PROXY</c>, <c>NO_PROXY</c>).
/// </summary>
internal sealed class HubConnection(HubOptions options, HttpMessageHandler? handler) : IDisposable
{
    private const long MaxAnswerBytes = 64 << 20;
    private const int MaxRedirects = 10;

    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(1);

    // Silence is timed for each read, so a slow large file is no failure. Redirects are followed here, where it is known whom the token is for.
    private readonly HttpClient client = new(handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20), AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
        DefaultRequestHeaders = { { "User-Agent", "cde-workbench" } },
    };

    public sealed record Answer(byte[] Content, Uri? NextPage);

    /// <summary>The address of a path on the hub.</summary>
    public Uri Address(string path) => new(new Uri(options.Endpoint.ToString().TrimEnd('/') + "/"), path);

    /// <summary>A small answer, whole, tried again where it fails for a moment.</summary>
    public Task<Answer> GetAsync(string repository, Uri address, CancellationToken ct) =>
        AskAsync(repository, address, () => new HttpRequestMessage(HttpMethod.Get, address), ct);

    /// <summary>The small answer to a request, which is made anew for every attempt.</summary>
    /// <param name="repository">What messages name.</param>
    /// <param name="address">Where to.</param>
    /// <param name="request">Makes the request.</param>
    /// <param name="ct">Stops.</param>
    /// <param name="accepted">A status that is as good as success.</param>
    /// <param name="conflict">What a conflict (409, 412) means.</param>
    public Task<Answer> AskAsync(
        string repository, Uri address, Func<HttpRequestMessage> request, CancellationToken ct, int accepted = 200, string? conflict = null) => RetryAsync(
        address,
        async silence =>
        {
            using var response = await SendAsync(address, request, null, silence.Token).ConfigureAwait(false);
            if (conflict is not null && response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed)
                throw new CdeException($"{repository}: {conflict}");
            if (!response.IsSuccessStatusCode && (int)response.StatusCode != accepted)
                throw Refusal(repository, address, response);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, silence.Token).ConfigureAwait(false);
            return new Answer(await response.Content.ReadAsByteArrayAsync(silence.Token).ConfigureAwait(false), HubListing.NextPage(response, address));
        },
        null,
        ct);

    /// <summary>Does what may fail for a moment until it succeeds, at most <see cref="HubOptions.MaxAttempts"/> times in a row without headway.</summary>
    /// <param name="address">What the message of the last failure names.</param>
    /// <param name="work">Given the clock of silence, which it sets again when something comes.</param>
    /// <param name="headway">Something that grows while the attempts lead on; null where each begins anew.</param>
    /// <param name="ct">Stops.</param>
    public async Task<T> RetryAsync<T>(Uri address, Func<CancellationTokenSource, Task<T>> work, Func<long>? headway, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = headway?.Invoke();
            try
            {
                using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
                silence.CancelAfter(options.Silence);
                return await work(silence).ConfigureAwait(false);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested && failure is HttpRequestException or IOException or OperationCanceledException)
            {
                attempt = headway?.Invoke() > before ? 1 : attempt;
                await WaitAsync(address, attempt, failure, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends a request and follows redirects.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="make">Makes the request, for each hop.</param>
    /// <param name="check">Sees the hub's own answers, redirects among them.</param>
    /// <param name="ct">Stops.</param>
    public async Task<HttpResponseMessage> SendAsync(Uri address, Func<HttpRequestMessage> make, Action<HttpResponseMessage>? check, CancellationToken ct)
    {
        for (var hops = 0; ; hops++)
        {
            using var request = make();
            request.RequestUri = address;
            if (options.Token is not null && IsHub(address))
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
            if (IsHub(address))
                check?.Invoke(response);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                || response.Headers.Location is not { } location)
                return response;
            response.Dispose();
            var next = new Uri(address, location);
            if (hops == MaxRedirects || next.Scheme is not ("http" or "https") || (address.Scheme == "https" && next.Scheme == "http"))
                throw new CdeException($"{address} leads on to {next}; refused: at most {MaxRedirects} redirects are followed, to http or https, and never from https to http");
            address = next;
        }
    }

    /// <summary>What an answer means that is no success: something to try again, or a message for people.</summary>
    public Exception Refusal(string repository, Uri address, HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.NotFound => new HubAbsentException($"{repository}: {address} does not exist; check name and revision"),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new CdeException(
            $"{repository}: {address.Host} refuses access ({(int)response.StatusCode}); check the name, accept the model's terms there, and set HF_TOKEN"),
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new RetryException(response),
        _ => new CdeException($"{repository}: {address} answers {(int)response.StatusCode} {response.ReasonPhrase}"),
    };

    public void Dispose() => client.Dispose();

    private bool IsHub(Uri address) => address.Scheme == options.Endpoint.Scheme && address.Authority == options.Endpoint.Authority;

    private async Task WaitAsync(Uri address, int attempt, Exception failure, CancellationToken ct)
    {
        if (attempt >= options.MaxAttempts)
        {
            var reason = failure is OperationCanceledException ? $"silent for {options.Silence.TotalSeconds:0} s" : failure.Message.TrimEnd('.').ReplaceLineEndings(" ");
            throw new HubUnreachableException(
                $"{address} failed in {attempt} attempts: {reason}; what is done is kept: try again, or set HF_ENDPOINT to a mirror", failure);
        }

        var delay = options.FirstDelay * Math.Pow(2, attempt - 1);
        if (failure is RetryException { RetryAfter: { } asked } && asked > delay)
            delay = asked;
        await Task.Delay(delay < MaxDelay ? delay : MaxDelay, TimeProvider.System, ct).ConfigureAwait(false);
    }

    private sealed class RetryException(HttpResponseMessage response)
        : HttpRequestException($"it answers {(int)response.StatusCode} {response.ReasonPhrase}")
    {
        public TimeSpan? RetryAfter { get; } = response.Headers.RetryAfter switch
        {
            { Delta: { } wait } => wait,
            { Date: { } time } => time - TimeProvider.System.GetUtcNow(),
            _ => null,
        };
    }
}
