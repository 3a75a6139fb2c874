using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Terminal.Device;

namespace Terminal.Backend;

/// <summary>
/// PEM files of the TLS connection. They are read at every connect, so they may be replaced at any time.
/// </summary>
/// <param name="Ca">
/// The authorities that may have signed the broker's certificate; null: those that the system trusts.
/// </param>
/// <param name="Certificate">Our certificate, followed by its intermediates; null: none.</param>
sealed record BackendTls(string? Ca, string? Certificate, string? Key)
{
    /// <summary>Whom we trust, and our own certificate.</summary>
    /// <exception cref="SettingsException">A file does not hold what it should.</exception>
    internal (X509ChainPolicy Policy, SslStreamCertificateContext? Own) Load()
    {
        var policy = Authorities.Named(Ca, "backend.tls.ca");
        SslStreamCertificateContext? own = null;
        if (Certificate is not null)
        {
            Read("certificate", Certificate, () => own = Context(Certificate, Key));
        }
        return (policy, own);
    }

    static SslStreamCertificateContext Context(string certificate, string? key)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificate);
        using var own = SecretFile.Read(certificate);
        using var secret = SecretFile.Read(key ?? certificate);
        return SslStreamCertificateContext.Create(
            X509Certificate2.CreateFromPem(own.Text, secret.Text), chain, offline: true);
    }

    static void Read(string key, string file, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or
            UnauthorizedAccessException)
        {
            throw new SettingsException($"backend.tls.{key}", $"{file} ({e.Message})", "PEM files that match");
        }
    }
}
