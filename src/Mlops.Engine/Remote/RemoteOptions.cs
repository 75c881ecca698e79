using System.Text;

namespace Mlops.Engine;

/// <summary>A store that machines share, over HTTP.</summary>
/// <param name="Url">Of http or https, without user, query or fragment; entries are below it.</param>
/// <param name="Writes">Whether what this process makes is stored there.</param>
/// <param name="Random">From 0 to 1: spreads out the attempts of many machines.</param>
public sealed record RemoteOptions(Uri Url, bool Writes, Func<double> Random)
{
    public RemoteCredentials? Credentials { get; init; }

    /// <summary>
    /// A PEM file; only its certificates are trusted then. Null trusts those of the system.
    /// </summary>
    public string? CertificateAuthorities { get; init; }

    /// <summary>How long an answer may take to begin, and each next piece of it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Before the second attempt, on average; twice that before the third.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many transfers may be under way at once; at least 1.</summary>
    public int MaxTransfers { get; init; } = 8;
}

/// <summary>What a remote store asks for before it answers. Never printed.</summary>
public sealed class RemoteCredentials
{
    RemoteCredentials(string scheme, string value) => (Scheme, Value) = (scheme, value);

    internal string Scheme { get; }

    internal string Value { get; }

    public static RemoteCredentials Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public static RemoteCredentials Bearer(string token) => new("Bearer", token);

    public override string ToString() => Scheme;
}

/// <summary>What went over the line in a run.</summary>
/// <param name="Refused">Entries that were not what they should be.</param>
public sealed record RemoteTraffic(
    int TracesFetched, int ArtifactsFetched, long BytesFetched,
    int TracesStored, int ArtifactsStored, long BytesStored, int Refused);
