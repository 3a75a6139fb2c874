using System.Security.Cryptography;
using Terminal.Device;

namespace Terminal.Acquirer;

/// <summary>Our private key and the gateway's public keys by version.</summary>
sealed class AmsKeys : IDisposable
{
    const int LeastBits = 2048;

    readonly RSA own;
    readonly int ownVersion;
    readonly Dictionary<int, RSA> gateway;
    readonly RSA[] newestFirst;

    /// <exception cref="SettingsException">A file holds no usable key.</exception>
    public AmsKeys(AmsSettings settings)
    {
        own = Load("acquirer.privateKey", settings.PrivateKeyFile, isPrivate: true);
        ownVersion = settings.KeyVersion;
        gateway = settings.GatewayKeyFiles.ToDictionary(
            f => f.Key, f => Load($"acquirer.gatewayKeys.{f.Key}", f.Value, isPrivate: false));
        newestFirst = [.. gateway.OrderByDescending(k => k.Key).Select(k => k.Value)];
    }

    /// <summary>The signature header for this content.</summary>
    public string Sign(byte[] content)
    {
        // RSA objects are not guaranteed to be safe for two threads at once.
        lock (own)
        {
            return AmsSignature.Sign(own, ownVersion, content).ToString();
        }
    }

    /// <summary>
    /// True if the header is the gateway's signature over this content, made with the key version that the header
    /// names, or with any of its keys if the header names none.
    /// </summary>
    public bool Verify(string header, byte[] content)
    {
        if (AmsSignature.Parse(header) is not { } signature)
        {
            return false;
        }
        return signature.KeyVersion is { } version
            ? gateway.TryGetValue(version, out var key) && Verify(key, signature, content)
            : Array.Exists(newestFirst, k => Verify(k, signature, content));
    }

    static bool Verify(RSA key, AmsSignature signature, byte[] content)
    {
        lock (key)
        {
            return signature.Verify(key, content);
        }
    }

    public void Dispose()
    {
        own.Dispose();
        foreach (var key in gateway.Values)
        {
            key.Dispose();
        }
    }

    static RSA Load(string setting, string file, bool isPrivate)
    {
        var key = RSA.Create();
        try
        {
            using var text = SecretFile.Read(file);
            key.ImportFromPem(text.Text);
            if (isPrivate)
            {
                AmsSignature.Sign(key, 0, []); // A public key would otherwise fail only at the first payment.
            }
            return key.KeySize >= LeastBits ? key : throw new CryptographicException($"{key.KeySize} bits are too few");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or
            UnauthorizedAccessException)
        {
            key.Dispose();
            var kind = isPrivate ? "private" : "public";
            var allowed = $"a {kind} RSA key (PEM) of {LeastBits} bits or more";
            throw new SettingsException(setting, $"{file} ({e.Message})", allowed);
        }
    }
}
