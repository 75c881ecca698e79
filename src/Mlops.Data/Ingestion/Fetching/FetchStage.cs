using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>A raw file elsewhere, pinned by what its bytes are.</summary>
/// <param name="Url">https; http for this machine only. No user or password in it.</param>
/// <param name="Sha256">Of its bytes as they come; others are refused.</param>
public sealed record RemoteFile(string Url, Digest Sha256)
{
    /// <summary>
    /// What problems and reports call it: the address without its query, which may hold a token.
    /// </summary>
    [JsonIgnore]
    public string Name => Url.Split('?', '#')[0];

    /// <returns>Null, or why it is not fetched.</returns>
    public static string? FindFault(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")
            ? "it is no https address"
        : address.UserInfo.Length > 0 ? "it holds a user or a password"
        : address.Scheme == "http" && !address.IsLoopback ? "http is for this machine only; others need https"
        : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
[JsonSerializable(typeof(RemoteFile))]
[JsonSerializable(typeof(Artifact))]
sealed partial class FetchJson : JsonSerializerContext;

/// <summary>
/// An address and a digest → those bytes in the store. The network is asked once, and says nothing that is
/// not verified: so this is a function of the digest, whatever the server does.
/// </summary>
static class FetchStage
{
    const int MostAttempts = 3;
    const int MostRedirects = 5;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="offline">Then nothing is fetched, and what is not in the store is a problem.</param>
    public static Stage<RemoteFile, Artifact> Create(bool offline) => new(
        "Ingest.Fetch", 1, "", () => FetchJson.Default.RemoteFile, () => FetchJson.Default.Artifact,
        (context, file) => offline
            ? throw new ProblemException(Problem(
                file, "DATA-050", "The file is not in the store, and this run is offline.",
                null, "Run once without --offline."))
            : Fetch(context, file))
    {
        Fits = (file, artifact) => artifact.Digest == file.Sha256,
    };

    static async Task<Artifact> Fetch(StageContext context, RemoteFile file)
    {
        ServerProof? proof = null;
        using var client = Client(shown => proof = shown);
        var path = Path.Combine(context.ScratchDirectory, "fetched");
        for (var attempt = 1; ; attempt++)
            try
            {
                var digest = await Download(client, file, path, context);
                return digest == file.Sha256
                    ? await context.WriteFile(MediaTypes.Bytes, path)
                    : throw new ProblemException(Another(file, digest));
            }
            catch (HttpRequestException fault) when (proof is { IsSound: false })
            {
                throw new ProblemException(
                    [Problem(file, "DATA-060", "The server does not prove that it is the one of the address.",
                        proof.Fault, proof.Next)],
                    inner: fault);
            }
            catch (Exception fault) when (MayPass(fault, context.Cancellation) && attempt < MostAttempts)
            {
                context.Progress($"tries {file.Name} again: {fault.Message}");
                await Task.Delay(TimeSpan.FromSeconds(attempt), context.Cancellation);
            }
            catch (Exception fault)
                when (fault is HttpRequestException or HttpIOException or TimeoutException)
            {
                throw new ProblemException(
                    [Problem(file, "DATA-048", "The file could not be fetched.",
                        fault.Message, "Look at the address, and run again.")],
                    inner: fault);
            }
    }

    /// <param name="prove">Is told what each server proved to be.</param>
    static HttpClient Client(Action<ServerProof> prove) => new(new SocketsHttpHandler
    {
        SslOptions =
        {
            RemoteCertificateValidationCallback = (connection, certificate, chain, errors) =>
            {
                var proof = ServerProof.Of(
                    (connection as SslStream)?.TargetHostName ?? "", certificate as X509Certificate2,
                    chain, errors);
                prove(proof);
                return proof.IsSound;
            },
        },
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(20),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    static Problem Another(RemoteFile file, Digest digest) => Problem(
        file, "DATA-049", "The address gives another file than the pinned one.", $"SHA-256 {digest}",
        "Find out why it changed; if the new file is wanted, pin its SHA-256.") with
    {
        Expected = $"SHA-256 {file.Sha256}",
    };

    /// <summary>Broken lines and servers that say to come again.</summary>
    static bool MayPass(Exception fault, CancellationToken ct) => !ct.IsCancellationRequested && fault switch
    {
        HttpRequestException { StatusCode: { } status } => (int)status is 408 or 429 or >= 500,
        HttpRequestException or HttpIOException or TimeoutException => true,
        _ => false,
    };

    static async Task<Digest> Download(HttpClient client, RemoteFile file, string path, StageContext context)
    {
        using var answer = await Ask(client, new Uri(file.Url), context.Cancellation);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var from = await answer.Content.ReadAsStreamAsync(context.Cancellation);
        await using var to = File.Create(path);
        var buffer = new byte[1 << 17];
        for (long all = 0, told = 0; ;)
        {
            var read = await from.ReadAsync(buffer, context.Cancellation).AsTask()
                .WaitAsync(Patience, context.Cancellation);
            if (read == 0)
                return Digest.FromBytes(digest.GetHashAndReset());
            digest.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), context.Cancellation);
            all += read;
            if (all - told < 1 << 22)
                continue;
            told = all;
            context.Progress(FormattableString.Invariant($"{all >> 20:N0} MB of {file.Name}"));
        }
    }

    /// <summary>Follows redirects, never from https to http but on this machine.</summary>
    static async Task<HttpResponseMessage> Ask(HttpClient client, Uri url, CancellationToken ct)
    {
        for (var redirects = 0; ; redirects++)
        {
            var answer = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, ct)
                .WaitAsync(Patience, ct);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
            {
                var status = answer.StatusCode;
                if ((int)status is not (301 or 302 or 303 or 307 or 308)
                    || answer.Headers.Location is not { } location)
                    throw new HttpRequestException($"The server answered {(int)status}.", null, status);
                var next = new Uri(url, location);
                if (redirects == MostRedirects || RemoteFile.FindFault(next.AbsoluteUri) is not null
                    || (url.Scheme == "https" && next.Scheme != "https"))
                    throw new HttpRequestException(
                        $"It leads on to {next.GetLeftPart(UriPartial.Authority)}, which is not followed.",
                        null, status);
                url = next;
            }
        }
    }

    static Problem Problem(RemoteFile file, string id, string what, string? actual, string next) =>
        new(id, what, new Place(file.Name), Actual: actual, Next: next);
}
