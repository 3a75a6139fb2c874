using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Terminal.Device;

namespace Terminal.Ecr.Blocks;

/// <summary>The certificate by which the ECR recognises us on an encrypted TCP line (PEM files).</summary>
/// <param name="Certificate">Our certificate, followed by its intermediates.</param>
sealed record TlsCertificate(string Certificate, string Key)
{
    const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The authority that must have signed the ECR's own certificate; null: the ECR needs none.</summary>
    public string? ClientCa { get; init; }

    public static TlsCertificate Read(SettingsSection section)
    {
        var files = new TlsCertificate(section.File("certificate"), section.File("key"))
        {
            ClientCa = section.Has("clientCa") ? section.File("clientCa") : null,
        };
        section.End();
        return files;
    }

    /// <exception cref="SettingsException">The certificate, its key or the authority is not usable.</exception>
    public SslServerAuthenticationOptions Load()
    {
        var options = new SslServerAuthenticationOptions { ServerCertificateContext = Own() };
        if (ClientCa is not null)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = Trusting(ClientCa);
        }
        return options;
    }

    /// <summary>Sends the intermediates too: an ECR that knows only the root has no others.</summary>
    SslStreamCertificateContext Own()
    {
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(Certificate);
            using var certificate = SecretFile.Read(Certificate);
            using var key = SecretFile.Read(Key);
            var own = X509Certificate2.CreateFromPem(certificate.Text, key.Text);
            return SslStreamCertificateContext.Create(own, [.. all.Skip(1)], offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or
            UnauthorizedAccessException)
        {
            throw new SettingsException(
                "ecr.tcp.tls", $"{Certificate} with {Key} ({e.Message})", "PEM files that match");
        }
    }

    static X509ChainPolicy Trusting(string file)
    {
        var policy = Authorities.Named(file, "ecr.tcp.tls.clientCa");
        policy.DisableCertificateDownloads = true;
        policy.ApplicationPolicy.Add(new(ClientAuthentication));
        return policy;
    }
}
