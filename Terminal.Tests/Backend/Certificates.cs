using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Terminal.Tests.Backend;

/// <summary>A certification authority of its own, and what it signs, as PEM files.</summary>
sealed class Certificates : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("certificates-");
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly X509Certificate2 authority;

    /// <summary>Sent behind each certificate: the authorities between it and the root.</summary>
    readonly string chain = "";

    public Certificates()
    {
        authority = Request("Test authority")
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Ca = Write("ca.pem", authority.ExportCertificatePem());
    }

    Certificates(Certificates above, string name)
    {
        using var signed = Request(name).Create(
            above.authority, above.authority.NotBefore, above.authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        authority = signed.CopyWithPrivateKey(key);
        chain = signed.ExportCertificatePem() + "\n" + above.chain;
        Ca = above.Ca;
    }

    public string Ca { get; }

    /// <summary>An authority that this one has signed.</summary>
    public Certificates Below(string name) => new(this, name);

    /// <summary>For a broker on the loopback, or for a client of that name.</summary>
    public (string Certificate, string Key) Issue(string name)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(
            authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        return (
            Write($"{name}.pem", signed.ExportCertificatePem() + "\n" + chain),
            Write($"{name}-key.pem", own.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose()
    {
        authority.Dispose();
        key.Dispose();
        folder.Delete(recursive: true);
    }

    CertificateRequest Request(string name)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request;
    }

    string Write(string name, string text)
    {
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
