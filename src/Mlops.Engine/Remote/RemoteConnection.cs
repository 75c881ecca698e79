using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mlops.Engine;

/// <summary>
/// Asks a remote over HTTP: a bounded number of requests at once, each within its time, a few attempts where
/// the fault may pass. Never throws for what the remote does.
/// </summary>
sealed class RemoteConnection : IDisposable
{
    const int MostAttempts = 3;
    const int MostRedirects = 5;

    readonly RemoteOptions options;
    readonly string url;
    readonly Lazy<HttpClient> client;
    readonly SemaphoreSlim transfers;
    readonly Breaker reading = new(), writing = new();

    public RemoteConnection(RemoteOptions options)
    {
        this.options = options;
        url = options.Url.AbsoluteUri.TrimEnd('/');
        client = new Lazy<HttpClient>(Connect);
        transfers = new SemaphoreSlim(Math.Max(1, options.MaxTransfers));
    }

    public string UrlOf(string entry) => $"{url}/{entry}";

    public async Task<RemoteAnswer> Ask(RemoteRequest request, CancellationToken cancellation)
    {
        await transfers.WaitAsync(cancellation);
        try
        {
            var answer = await Attempt(request, cancellation);
            Judge(request, answer.Outcome);
            return answer;
        }
        finally
        {
            transfers.Release();
        }
    }

    /// <summary>Whether the remote is asked for nothing of this kind any more.</summary>
    public bool IsGivenUp(bool writes) => (writes ? writing : reading).IsOpen;

    public void Dispose()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
        transfers.Dispose();
    }

    async Task<RemoteAnswer> Attempt(RemoteRequest request, CancellationToken cancellation)
    {
        // A server that sends uploads elsewhere or refuses them may hang up before they are through: then
        // it is asked first.
        var asksFirst = false;
        for (var attempt = 1; ; attempt++)
        {
            if (IsGivenUp(request.Writes))
                return new RemoteAnswer(RemoteOutcome.Unasked);
            var answer = await Once(request, asksFirst, cancellation);
            if (!answer.MayPass || attempt == MostAttempts
                || (request.IsProbe && answer.Outcome == RemoteOutcome.Busy))
                return answer;
            asksFirst |= answer.Outcome == RemoteOutcome.Broken;
            await Task.Delay(options.Pause * (1 << (attempt - 1)) * (0.5 + options.Random()), cancellation);
        }
    }

    /// <remarks>
    /// A remote that only does not like to be asked whether it has something is not given up for that.
    /// </remarks>
    void Judge(RemoteRequest request, RemoteOutcome outcome)
    {
        var breaker = request.IsProbe ? new Breaker() : request.Writes ? writing : reading;
        switch (outcome)
        {
            case RemoteOutcome.Done or RemoteOutcome.Absent:
                breaker.Succeeded();
                break;
            case RemoteOutcome.Broken or RemoteOutcome.Dead:
                reading.Open();
                writing.Open();
                break;
            case RemoteOutcome.Denied:
                breaker.Open();
                break;
            case RemoteOutcome.Wrong or RemoteOutcome.Failed or RemoteOutcome.Busy:
                breaker.Failed();
                break;
        }
    }

    async Task<RemoteAnswer> Once(RemoteRequest request, bool asksFirst, CancellationToken cancellation)
    {
        using var deadline = new Deadline(options.Patience, cancellation);
        try
        {
            return await Follow(request, asksFirst, deadline);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new RemoteAnswer(RemoteOutcome.Dead,
                FormattableString.Invariant($"no answer within {options.Patience.TotalSeconds:0.#} s"));
        }
        catch (HttpRequestException fault)
        {
            return new RemoteAnswer(
                fault.HttpRequestError == HttpRequestError.SecureConnectionError
                    ? RemoteOutcome.Dead
                    : RemoteOutcome.Broken,
                (fault.InnerException ?? fault).Message);
        }
        catch (BrokenLineException fault)
        {
            return new RemoteAnswer(RemoteOutcome.Broken, fault.Message);
        }
        catch (CryptographicException fault)
        {
            return new RemoteAnswer(RemoteOutcome.Dead, $"{options.CertificateAuthorities}: {fault.Message}");
        }
    }

    /// <summary>Follows where the remote sends us. The credentials are for its own host alone.</summary>
    async Task<RemoteAnswer> Follow(RemoteRequest request, bool asksFirst, Deadline deadline)
    {
        var target = new Uri(UrlOf(request.Entry));
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var message = request.Message(
                target, IsOwn(target) ? options.Credentials : null, deadline, asksFirst);
            using var response = await client.Value.SendAsync(
                message, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (!IsRedirect((int)response.StatusCode, request.Writes))
                return await Receive(request, response, deadline);
            if (response.Headers.Location is not { } location || Next(target, location) is not { } next)
                return new RemoteAnswer(
                    RemoteOutcome.Failed, "it sends us to no address that may be followed");
            target = next;
        }
        return new RemoteAnswer(
            RemoteOutcome.Failed, $"it sends us on and on, more than {MostRedirects} times");
    }

    /// <remarks>Of the redirects only the last two keep an upload an upload.</remarks>
    static bool IsRedirect(int status, bool writes) =>
        status is 307 or 308 || (!writes && status is 301 or 302 or 303);

    /// <returns>Null for what is not HTTP, or would leave an encrypted connection.</returns>
    static Uri? Next(Uri from, Uri location)
    {
        if (!Uri.TryCreate(from, location, out var next))
            return null;
        return next.Scheme == Uri.UriSchemeHttps
            || (next.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp) ? next : null;
    }

    bool IsOwn(Uri target) =>
        Uri.Compare(target, options.Url, UriComponents.SchemeAndServer,
            UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    static async Task<RemoteAnswer> Receive(
        RemoteRequest request, HttpResponseMessage response, Deadline deadline)
    {
        var status = (int)response.StatusCode;
        if (request.Writes)
            return status is 200 or 201 or 202 or 204 ? RemoteAnswer.Done : RemoteAnswer.Of(status);
        if (status != 200)
            return RemoteAnswer.Of(status);
        var said = response.Content.Headers.ContentLength;
        if (request.Receive is null)
            return RemoteAnswer.Done with { LengthBytes = said ?? -1 };
        if (request.LengthBytes is { } expected && said is { } length && length != expected)
            return new RemoteAnswer(
                RemoteOutcome.Wrong, FormattableString.Invariant($"it has {length} bytes, not {expected}"));
        await using var body = await response.Content.ReadAsStreamAsync(deadline.Token);
        return await request.Receive(body, deadline);
    }

    HttpClient Connect()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.Patience,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        };
        if (options.CertificateAuthorities is { } file)
            handler.SslOptions =
                new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(file) };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }
}
