using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Terminal.Device;

namespace Terminal.Ecr;

/// <summary>What the ECR knows us by on an encrypted TCP line (PEM files).</summary>
/// <param name="Certificate">Ours, followed by its intermediates.</param>
public sealed record TlsCertificate(string Certificate, string Key)
{
    public static TlsCertificate Read(SettingsSection section)
    {
        var files = new TlsCertificate(section.File("certificate"), section.File("key"));
        section.End();
        return files;
    }

    /// <exception cref="SettingsException">No usable certificate with its key.</exception>
    public X509Certificate2 Load()
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(Certificate, Key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or
            UnauthorizedAccessException)
        {
            throw new SettingsException(
                "ecr.tcp.tls", $"{Certificate} with {Key} ({e.Message})", "PEM files that match");
        }
    }
}
