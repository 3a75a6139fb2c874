using System.Security.Cryptography;

namespace Terminal.Acquirer;

/// <summary>Our private key and the gateway's public keys by version.</summary>
public sealed class AmsKeys : IDisposable
{
    const int LeastBits = 2048;

    readonly RSA own;
    readonly int ownVersion;
    readonly Dictionary<int, RSA> gateway;

    public AmsKeys(AmsSettings settings)
    {
        own = Load(settings.PrivateKeyFile);
        ownVersion = settings.KeyVersion;
        gateway = settings.GatewayKeyFiles.ToDictionary(f => f.Key, f => Load(f.Value));
    }

    /// <summary>The signature header for these bytes.</summary>
    public string Sign(byte[] content)
    {
        // RSA objects do not promise to bear two threads at once.
        lock (own)
        {
            return AmsSignature.Sign(own, ownVersion, content).ToString();
        }
    }

    /// <summary>True if the header is a signature over these bytes by the gateway's key of its version.</summary>
    public bool Verify(string header, byte[] content)
    {
        if (AmsSignature.Parse(header) is not { } signature || !gateway.TryGetValue(signature.KeyVersion, out var key))
        {
            return false;
        }
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

    static RSA Load(string file)
    {
        var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key.KeySize >= LeastBits
            ? key
            : throw new CryptographicException($"{file}: RSA key of {key.KeySize} bits, below {LeastBits}");
    }
}
