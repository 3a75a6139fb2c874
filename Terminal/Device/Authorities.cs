using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Terminal.Device;

/// <summary>
/// Whose signature on a certificate is trusted: the authorities of a PEM file, or those of the system.
/// </summary>
static class Authorities
{
    const string Nowhere = "/dev/null";

    /// <summary>
    /// Called before the first connection. The runtime reads the system's 140 or so certificates before its first
    /// handshake, whichever authorities are trusted, and a payment would wait for it. They are therefore read at start
    /// in the background, or not at all if the settings name every authority.
    /// </summary>
    public static void Begin(bool areAllNamed)
    {
        if (areAllNamed)
        {
            _ = Libc.SetEnvironment("SSL_CERT_FILE", Nowhere, overwrite: 1);
            _ = Libc.SetEnvironment("SSL_CERT_DIR", Nowhere, overwrite: 1);
        }
        else
        {
            _ = Task.Run(ReadSystem);
        }
    }

    /// <param name="file">Null: the authorities that the system trusts.</param>
    /// <param name="key">The settings key that names the file.</param>
    /// <exception cref="SettingsException">The file holds no certificate.</exception>
    public static X509ChainPolicy Named(string? file, string key)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (file is null)
        {
            return policy;
        }
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        var problem = "without a certificate";
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
        }
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new SettingsException(key, $"{file} ({problem})", "a PEM file with at least one certificate");
    }

    static void ReadSystem()
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        foreach (var certificate in store.Certificates)
        {
            certificate.Dispose();
        }
    }
}
