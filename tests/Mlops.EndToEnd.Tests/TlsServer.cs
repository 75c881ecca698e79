using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// A server of this process that speaks TLS on loopback, with a certificate that an authority of its own
/// signed: <c>/data.csv</c> is a file, <c>/moved.csv</c> leads to it, and <c>/plain.csv</c> to http.
/// </summary>
sealed class TlsServer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly X509Certificate2 authority;
    readonly X509Certificate2 certificate;
    readonly byte[] content;
    readonly Task accepting;

    /// <param name="host">What the certificate is for.</param>
    /// <param name="expires">When it ends; it began thirty days before.</param>
    public TlsServer(string content, string host, DateTimeOffset expires)
    {
        this.content = Encoding.UTF8.GetBytes(content);
        authority = Authority();
        certificate = Signed(authority, host, expires);
        listener.Start();
        accepting = Accept();
    }

    /// <summary>In PEM, for whoever is to trust it.</summary>
    public string Authorities => authority.ExportCertificatePem();

    public ConcurrentQueue<string> Asked { get; } = [];

    public string Url(string host, string file) =>
        FormattableString.Invariant($"https://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/{file}");

    public void Dispose()
    {
        listener.Dispose();
        accepting.Wait(TimeSpan.FromSeconds(10));
        certificate.Dispose();
        authority.Dispose();
    }

    static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
    }

    static X509Certificate2 Signed(X509Certificate2 authority, string host, DateTimeOffset expires)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var signed = request.Create(authority, expires.AddDays(-30), expires, [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    async Task Accept()
    {
        try
        {
            while (true)
                await Answer(await listener.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
        }
    }

    /// <summary>Whoever does not trust the certificate hangs up.</summary>
    async Task Answer(TcpClient client)
    {
        using (client)
            try
            {
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(certificate);
                using var reader = new StreamReader(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
                var path = (await reader.ReadLineAsync() ?? "").Split(' ').ElementAtOrDefault(1) ?? "";
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }
                // In TLS 1.3 the handshake ends here before the other side has looked at the certificate.
                if (path.Length == 0)
                    return;
                Asked.Enqueue(path);
                var (status, header, body) = path switch
                {
                    "/data.csv" => ("200 OK", "", content),
                    "/moved.csv" => ("302 Found", "Location: /data.csv\r\n", []),
                    "/plain.csv" => ("302 Found", "Location: http://127.0.0.1:9/data.csv\r\n", []),
                    _ => ("404 Not Found", "", (byte[])[]),
                };
                await stream.WriteAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{header}"
                    + "Connection: close\r\n\r\n"));
                await stream.WriteAsync(body);
            }
            catch (Exception broken) when (broken is IOException or AuthenticationException)
            {
            }
    }
}
