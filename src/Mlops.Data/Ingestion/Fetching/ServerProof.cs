using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Mlops.Data.Ingestion;

/// <summary>What a server's certificate proved, and if it did not, why and what to do.</summary>
/// <param name="IsSound">Whether it is the server of the address, by the machine's authorities.</param>
sealed record ServerProof(bool IsSound, string Fault, string Next)
{
    /// <param name="host">Of the address.</param>
    public static ServerProof Of(
        string host, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return new ServerProof(true, "", "");
        if (certificate is null)
            return Not("It shows no certificate.", "Look at the address.");
        var statuses = (chain?.ChainStatus ?? []).Aggregate(
            X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        if (statuses.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return Not(
                "Its certificate, or one above it, is not valid now; its own is from "
                + $"{Day(certificate.NotBefore)} to {Day(certificate.NotAfter)}.",
                "Have whoever runs the server renew it, and look at this machine's clock.");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return Not(
                $"Its certificate is not for '{host}' but for {Names(certificate)}.",
                "Correct the address, or have whoever runs the server get a certificate for that name.");
        return Not(
            $"Its certificate is signed by '{Shown(certificate.IssuerName.Name)}', "
            + $"whom this machine does not trust ({statuses}).",
            "If that authority is one of yours, bring its certificate (PEM): to the system's, "
            + "or in a file that SSL_CERT_FILE names.");

        static ServerProof Not(string fault, string next) => new(false, fault, next);
    }

    static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names => names.EnumerateDnsNames()
                .Concat(names.EnumerateIPAddresses().Select(address => address.ToString())))
            .Take(5).Select(name => $"'{Shown(name)}'").ToList();
        return names.Count == 0 ? "no host at all" : string.Join(", ", names);
    }

    static string Day(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A stranger wrote it.</summary>
    static string Shown(string text) => new(
        [.. text.Take(200).Select(letter => char.IsControl(letter) ? '?' : letter)]);
}
