using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sandbox.Acquirer;

/// <summary>
/// Everything the simulated gateway needs to be trusted, made fresh at each start: its own CA, a server certificate for
/// the loopback, its signing key, and the key pair of the terminal.
/// </summary>
public sealed class GatewayKeys : IDisposable
{
    const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    readonly ECDsa caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly ECDsa serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <param name="folder">Gets ca.pem, gateway-public.pem, terminal-private.pem and terminal-public.pem.</param>
    public GatewayKeys(string folder)
    {
        Folder = folder;
        Directory.CreateDirectory(folder);
        var ca = MakeCa();
        Server = MakeServer(ca);
        File.WriteAllText(CaFile, ca.ExportCertificatePem());
        File.WriteAllText(GatewayPublicFile, GatewayKey.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(TerminalPrivateFile, TerminalKey.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(TerminalPrivateFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(TerminalPublicFile, TerminalKey.ExportSubjectPublicKeyInfoPem());
    }

    public string Folder { get; }
    public string CaFile => Path.Combine(Folder, "ca.pem");
    public string GatewayPublicFile => Path.Combine(Folder, "gateway-public.pem");
    public string TerminalPrivateFile => Path.Combine(Folder, "terminal-private.pem");
    public string TerminalPublicFile => Path.Combine(Folder, "terminal-public.pem");

    public X509Certificate2 Server { get; }
    public RSA GatewayKey { get; } = RSA.Create(2048);
    public RSA TerminalKey { get; } = RSA.Create(2048);

    public void Dispose()
    {
        Server.Dispose();
        GatewayKey.Dispose();
        TerminalKey.Dispose();
        caKey.Dispose();
        serverKey.Dispose();
    }

    X509Certificate2 MakeCa()
    {
        var request = new CertificateRequest("CN=Sandbox gateway CA", caKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
    }

    X509Certificate2 MakeServer(X509Certificate2 ca)
    {
        var request = new CertificateRequest("CN=localhost", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(ServerAuthentication)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, true, false));
        using var certificate = request.Create(ca, ca.NotBefore, ca.NotAfter, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(serverKey);
    }
}
