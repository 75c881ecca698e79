using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mlops.Engine.Tests.Remote;

/// <summary>
/// nginx with WebDAV, as the README sets it up: plain, with readers and writers, with TLS
/// by an own authority.
/// </summary>
public sealed class NginxTests : IDisposable
{
    readonly Desk ci = new(), laptop = new();

    [Fact]
    public void PlainItSharesEverything()
    {
        using var nginx = new Nginx("");

        ci.Run(Desk.Options(nginx.Url, writes: true)).Steps
            .ShouldAllBe(step => step.Status == StepStatus.Executed);

        laptop.Bench.Sabotaged = true;
        laptop.Run(Desk.Options(nginx.Url, writes: false)).Steps
            .ShouldAllBe(step => step.Status == StepStatus.Reused);
        ci.Noticed.Concat(laptop.Noticed).ShouldBeEmpty();
        laptop.KeptValues().ShouldBe(Desk.RightValues);
        // What is there is there under its digest.
        foreach (var file in Directory.GetFiles(Path.Combine(nginx.Files, "cas")))
            Digest.Of(File.ReadAllBytes(file)).ToString().ShouldBe(Path.GetFileName(file));
        // A machine that has everything and may write finds that all is there.
        laptop.Run(Desk.Options(nginx.Url, writes: true));
        laptop.Traffic.ShouldBe(new RemoteTraffic(0, 0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public void ReadersReadAndWritersWrite()
    {
        using var nginx = new Nginx("""
            auth_basic "models"; auth_basic_user_file readers;
            limit_except GET HEAD { auth_basic "models"; auth_basic_user_file writers; }
            """);
        var (reader, writer) =
            (RemoteCredentials.Basic("anna", "lesen ü"), RemoteCredentials.Basic("ci", "schreiben"));

        ci.Run(Desk.Options(nginx.Url, writes: true) with { Credentials = writer });
        ci.Noticed.ShouldBeEmpty();

        laptop.Bench.Sabotaged = true;
        laptop.Run(Desk.Options(nginx.Url, writes: false) with { Credentials = reader })
            .Steps.ShouldAllBe(step => step.Status == StepStatus.Reused);
        laptop.Noticed.ShouldBeEmpty();

        using var intruder = new Desk();
        intruder.Run(Desk.Options(nginx.Url, writes: true) with { Credentials = reader },
            Desk.Shape.Changed(0, 5));
        intruder.Noticed.ShouldHaveSingleItem().What.ShouldContain("does not let us write");
        intruder.Traffic!.TracesStored.ShouldBe(0);

        using var stranger = new Desk();
        stranger.Run(Desk.Options(nginx.Url, writes: false)).Steps
            .ShouldAllBe(step => step.Status == StepStatus.Executed);
        stranger.Noticed.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-041");
    }

    [Fact]
    public void OverTlsOnlyTheOwnAuthorityIsBelieved()
    {
        using var nginx = new Nginx("", tls: true);
        var options = Desk.Options(nginx.Url, writes: true) with { CertificateAuthorities = nginx.Authority };

        ci.Run(options).Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);
        ci.Noticed.ShouldBeEmpty();
        laptop.Bench.Sabotaged = true;
        laptop.Run(options).Steps.ShouldAllBe(step => step.Status == StepStatus.Reused);

        ShouldNotBeBelieved(options with { CertificateAuthorities = null });
        ShouldNotBeBelieved(options with { CertificateAuthorities = nginx.OtherAuthority });
        // The certificate is for 127.0.0.1 alone.
        ShouldNotBeBelieved(options with { Url = new UriBuilder(nginx.Url) { Host = "localhost" }.Uri });
        File.WriteAllText(nginx.OtherAuthority, "no certificate");
        ShouldNotBeBelieved(options with { CertificateAuthorities = nginx.OtherAuthority });
    }

    [Fact]
    public void FromTlsNobodyIsFollowedToPlainText()
    {
        using var plain = new RemoteServer();
        using var nginx = new Nginx($"return 307 http://127.0.0.1:{plain.Url.Port}$request_uri;", tls: true);

        ci.Run(Desk.Options(nginx.Url, writes: true) with { CertificateAuthorities = nginx.Authority });

        plain.Requests.ShouldBeEmpty();
        ci.Noticed.ShouldContain(problem =>
            problem.Actual!.Contains("no address that may be followed", StringComparison.Ordinal));
    }

    [Fact]
    public void LargeArtifactsGoThroughBothWays()
    {
        using var nginx = new Nginx("");
        var stage = new Stage<string, Artifact>(
            "Large", 1, "none", NumbersJson.Default.String, NumbersJson.Default.Artifact,
            (context, _) => context.Write("application/octet-stream", async file =>
            {
                var piece = new byte[1 << 20];
                for (var number = 0; number < 64; number++)
                {
                    new Random(number).NextBytes(piece);
                    await file.WriteAsync(piece);
                }
            }));
        var node = new Graph().Step(new StepName("p", null, "Large"), stage, [], _ => "x");

        Only(ci, writes: true).ShouldBe(StepStatus.Executed);
        Only(laptop, writes: false).ShouldBe(StepStatus.Reused);

        StepStatus Only(Desk desk, bool writes)
        {
            using var engine = new BuildEngine(
                desk.Bench.Open(),
                new EngineOptions(2, desk, "test") { Remote = Desk.Options(nginx.Url, writes) });
            return engine.Start([node], CancellationToken.None).Completion.GetAwaiter().GetResult().Steps
                .ShouldHaveSingleItem().Status;
        }
    }

    public void Dispose()
    {
        ci.Dispose();
        laptop.Dispose();
    }

    static void ShouldNotBeBelieved(RemoteOptions options)
    {
        using var desk = new Desk();
        desk.Run(options).Steps.ShouldAllBe(step => step.Status == StepStatus.Executed);
        desk.Noticed.ShouldHaveSingleItem().Id.ShouldBe("ENGINE-042");
        desk.Traffic.ShouldBe(new RemoteTraffic(0, 0, 0, 0, 0, 0, 0));
    }
}

/// <summary>A real nginx in a folder of its own, as long as the test lasts.</summary>
sealed class Nginx : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("mlops-nginx-").FullName;
    readonly Process process;

    /// <param name="access">Directives of the location, as who may do what.</param>
    public Nginx(string access, bool tls = false)
    {
        var port = FreePort();
        Url = new Uri(string.Create(
            CultureInfo.InvariantCulture, $"{(tls ? "https" : "http")}://127.0.0.1:{port}/models/"));
        File.WriteAllText(Path.Combine(root, "readers"), "anna:{PLAIN}lesen ü\nci:{PLAIN}schreiben\n");
        File.WriteAllText(Path.Combine(root, "writers"), "ci:{PLAIN}schreiben\n");
        if (tls)
            WriteCertificates();
        Directory.CreateDirectory(Path.Combine(root, "files"));
        File.WriteAllText(Path.Combine(root, "nginx.conf"), Configuration(port, tls, access));
        process = Start();
        WaitUntilItListens(port);
    }

    public Uri Url { get; }

    public string Files => Path.Combine(root, "files", "models");

    public string Authority => Path.Combine(root, "authority.pem");

    public string OtherAuthority => Path.Combine(root, "other.pem");

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(root, recursive: true);
    }

    string Configuration(int port, bool tls, string access) =>
        string.Create(CultureInfo.InvariantCulture, $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        daemon off; pid {{root}}/pid; error_log {{root}}/error.log; worker_processes 1;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path {{root}}/body; proxy_temp_path {{root}}/proxy; fastcgi_temp_path {{root}}/fastcgi;
          uwsgi_temp_path {{root}}/uwsgi; scgi_temp_path {{root}}/scgi;
          server {
            listen 127.0.0.1:{{port}}{{(tls ? " ssl" : "")}};
            {{(tls ? $"ssl_certificate {root}/server.pem; ssl_certificate_key {root}/server.key;" : "")}}
            location /models/ {
              root {{root}}/files;
              dav_methods PUT;
              create_full_put_path on;
              client_max_body_size 0;
              {{access}}
            }
          }
        }
        """);

    Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo(
                File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx",
                ["-p", root, "-c", Path.Combine(root, "nginx.conf")])
            {
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Directory.Delete(root, recursive: true);
            Assert.Skip("nginx is not installed.");
            throw;
        }
    }

    void WaitUntilItListens(int port)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            process.HasExited.ShouldBeFalse(process.HasExited ? process.StandardError.ReadToEnd() : "");
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(50);
            }
        }
        throw new InvalidOperationException("nginx does not listen.");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    void WriteCertificates()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = OwnAuthority("Models", authorityKey);
        File.WriteAllText(Authority, authority.ExportCertificatePem());
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = OwnAuthority("Others", otherKey);
        File.WriteAllText(OtherAuthority, other.ExportCertificatePem());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=cache", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, [1, 2, 3]);
        File.WriteAllText(Path.Combine(root, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(root, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    static X509Certificate2 OwnAuthority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
