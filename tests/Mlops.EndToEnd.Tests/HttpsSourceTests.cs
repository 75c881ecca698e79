using System.Security.Cryptography;
using System.Text;

namespace Mlops.EndToEnd.Tests;

/// <summary>Sources elsewhere, pinned by SHA-256, over real TLS to a real process.</summary>
public sealed class HttpsSourceTests : IDisposable
{
    static readonly string Data = "id,left\n"
        + string.Concat(Enumerable.Range(0, 40).Select(row => $"{row},{(row % 3 == 0 ? "yes" : "no")}\n"));

    static readonly string Pin = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Data)));

    readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void AFileIsFetchedOnceOverATrustedConnectionAndAnotherOneIsRefused()
    {
        using var server = Server();
        Trust(server).Pipeline(server.Url("localhost", "moved.csv"), Pin);

        bench.Run("Ingest").ShouldExit(0).Executed.ShouldBe(["small/Ingest"]);
        bench.Run("Ingest").ShouldExit(0).Executed.ShouldBeEmpty();
        server.Asked.ShouldBe(["/moved.csv", "/data.csv"]);

        Pipeline(server.Url("localhost", "data.csv"), new string('0', 64));
        bench.Run("Ingest").ShouldExit(1).ShouldSay("DATA-049", $"SHA-256 {Pin}");
    }

    [Fact]
    public void AnAuthorityThatTheMachineDoesNotTrustIsNamed()
    {
        using var server = Server();
        Pipeline(server.Url("localhost", "data.csv"), Pin);

        Refused(server, "signed by 'CN=Test authority', whom this machine does not trust", "SSL_CERT_FILE");
    }

    [Fact]
    public void AnExpiredCertificateIsSaidWithItsDays()
    {
        using var server = Server(expires: DateTimeOffset.UtcNow.AddDays(-1));
        Trust(server).Pipeline(server.Url("localhost", "data.csv"), Pin);

        Refused(server, "is not valid now", "renew it, and look at this machine's clock");
    }

    [Fact]
    public void ACertificateForAnotherHostIsSaidWithItsNames()
    {
        using var server = Server("files.example.org");
        Trust(server).Pipeline(server.Url("localhost", "data.csv"), Pin);

        Refused(server, "is not for 'localhost' but for 'files.example.org'", "Correct the address");
    }

    [Fact]
    public void NoRedirectLeadsFromHttpsToHttp()
    {
        using var server = Server();
        Trust(server).Pipeline(server.Url("localhost", "plain.csv"), Pin);

        bench.Run("Ingest").ShouldExit(1)
            .ShouldSay("DATA-048", "It leads on to http://127.0.0.1:9, which is not followed.");
        server.Asked.ShouldBe(["/plain.csv"]);
    }

    /// <summary>Said once, without a second try, without a trace; nothing was asked for.</summary>
    void Refused(TlsServer server, string fault, string next)
    {
        var run = bench.Run("Ingest").ShouldExit(1).ShouldSay(
            "DATA-060", "The server does not prove that it is the one of the address.", fault, next);
        run.Text.ShouldNotContain("Exception");
        run.Text.ShouldNotContain("inner exception");
        run.Text.ShouldNotContain("tries ");
        server.Asked.ShouldBeEmpty();
    }

    static TlsServer Server(string host = "localhost", DateTimeOffset? expires = null) =>
        new(Data, host, expires ?? DateTimeOffset.UtcNow.AddDays(20));

    HttpsSourceTests Trust(TlsServer server)
    {
        bench.WithFile("authority.pem", server.Authorities)
            .WithVariable("SSL_CERT_FILE", bench.PathOf("authority.pem"));
        return this;
    }

    void Pipeline(string url, string sha256) => bench.WithPipeline("small", $$"""
        name: small
        data: { sources: [{ url: "{{url}}", sha256: {{sha256}} }] }
        train: { task: binary, label: left }
        """);
}
