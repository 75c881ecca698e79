using System.Globalization;
using Mlops.Engine;

/// <summary>The store that machines share: where it is and what this run may do there.</summary>
sealed partial class Build
{
    const string UserVariable = "MLOPS_REMOTE_USER";
    const string PasswordVariable = "MLOPS_REMOTE_PASSWORD";
    const string TokenVariable = "MLOPS_REMOTE_TOKEN";

    [Parameter(
        "A store that machines share, as https://cache.example.org/models; "
        + "credentials come from the environment alone")]
    readonly string? Remote;

    [Parameter("What this run does with the shared store: CI writes, laptops read")]
    readonly RemoteMode RemoteMode = RemoteMode.Read;

    [Parameter("A PEM file with the only certificate authorities to trust for the shared store")]
    readonly string? RemoteCertificates;

    [Parameter("How many seconds the shared store may take to answer before the run goes on without it")]
    readonly double RemotePatience = 10;

    [Parameter("Use nothing but this machine")]
    readonly bool Offline;

    /// <exception cref="ProblemException">What was given does not make an address or credentials.</exception>
    RemoteOptions? RemoteOptions()
    {
        if (Offline || RemoteMode == RemoteMode.Off || string.IsNullOrWhiteSpace(Remote))
            return null;
        if (RemoteCertificates is { } file && !File.Exists(file))
            throw new ProblemException(new Problem(
                "BUILD-042", "The certificates of the remote store are not there.", new Place(file),
                Next: "Correct --remote-certificates."));
        return new RemoteOptions(
            RemoteUrl(Remote), RemoteMode == RemoteMode.ReadWrite, Random.Shared.NextDouble)
        {
            Credentials = RemoteCredentialsIn(Environment.GetEnvironmentVariable),
            CertificateAuthorities = RemoteCertificates,
            Patience = TimeSpan.FromSeconds(Math.Clamp(RemotePatience, 0.1, 3600)),
        };
    }

    /// <remarks>What is wrong is not printed: it may hold a password.</remarks>
    static Uri RemoteUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new ProblemException(new Problem(
                "BUILD-040", "--remote is no address of a store.",
                Expected: "http or https, host and path, as https://cache.example.org/models",
                Next: "Correct --remote, or MLOPS_REMOTE, or build/parameters.json."));
        if (url.UserInfo.Length > 0)
            throw new ProblemException(new Problem(
                "BUILD-040", "--remote holds a user or a password.",
                Expected: "an address that everybody may see",
                Next: $"Give them as {UserVariable} and {PasswordVariable}, or {TokenVariable}."));
        return url;
    }

    static RemoteCredentials? RemoteCredentialsIn(Func<string, string?> variables)
    {
        var (user, password, token) = (Given(UserVariable), Given(PasswordVariable), Given(TokenVariable));
        return (user, password, token) switch
        {
            (null, null, null) => null,
            (null, null, _) when token.All(letter => letter is > ' ' and <= '~') =>
                RemoteCredentials.Bearer(token),
            (not null, not null, null) when !user.Contains(':') => RemoteCredentials.Basic(user, password),
            _ => throw new ProblemException(new Problem(
                "BUILD-041", "The credentials of the remote store are not whole.",
                Expected: $"{UserVariable}, without a colon, and {PasswordVariable}; "
                    + $"or {TokenVariable} alone, visible ASCII",
                Next: "Set both, or the other one alone, or none of them.")),
        };

        string? Given(string name) => variables(name) is { Length: > 0 } value ? value : null;
    }

    /// <summary>A line of the closing table; none where nothing went over the line.</summary>
    static IEnumerable<CountLine> Lines(RemoteTraffic? traffic)
    {
        if (traffic is null)
            yield break;
        var fetched = traffic.TracesFetched + traffic.ArtifactsFetched;
        var stored = traffic.TracesStored + traffic.ArtifactsStored;
        if (fetched + stored + traffic.Refused > 0)
            yield return new CountLine("Remote",
                $"fetched {Amount(traffic.TracesFetched, traffic.ArtifactsFetched, traffic.BytesFetched)}, "
                + $"stored {Amount(traffic.TracesStored, traffic.ArtifactsStored, traffic.BytesStored)}"
                + (traffic.Refused > 0
                    ? string.Create(CultureInfo.InvariantCulture, $", refused {traffic.Refused}")
                    : ""));
    }

    static string Amount(int traces, int artifacts, long bytes) => traces + artifacts == 0
        ? "nothing"
        : string.Create(CultureInfo.InvariantCulture,
            $"{Counted.Plain(traces, "trace", "traces")} and "
            + $"{Counted.Plain(artifacts, "artifact", "artifacts")} ({bytes / 1e6:0.00} MB)");
}

/// <summary>What a run does with the store that machines share.</summary>
enum RemoteMode
{
    /// <summary>Takes what is there.</summary>
    Read,
    /// <summary>Also stores what it makes.</summary>
    ReadWrite,
    Off,
}
