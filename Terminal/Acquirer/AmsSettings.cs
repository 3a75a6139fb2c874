using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Acquirer;

/// <summary>Who we are for the gateway, where the gateway is, and how long calls may take.</summary>
sealed record AmsSettings
{
    const string Sandbox = "SANDBOX_";

    /// <summary>Scheme, host and port; the paths are the protocol's own.</summary>
    public required Uri Url { get; init; }

    public required string ClientId { get; init; }

    /// <summary>PEM, PKCS #8 or PKCS #1, RSA of at least 2048 bits.</summary>
    public required string PrivateKeyFile { get; init; }

    /// <summary>Version of our key, as registered with the gateway.</summary>
    public int KeyVersion { get; init; } = 1;

    /// <summary>The gateway's public keys (PEM) by version; two while the gateway changes its key.</summary>
    public required IReadOnlyDictionary<int, string> GatewayKeyFiles { get; init; }

    /// <summary>PEM certificates to trust instead of the system's.</summary>
    public string? CaFile { get; init; }

    public required AmsMerchant Merchant { get; init; }

    public Currency Currency { get; init; } = Currency.Eur;

    public string PaymentMethod { get; init; } = "CONNECT_WALLET";

    /// <summary>Where the gateway sends notifications, if a server takes them.</summary>
    public string? NotifyUrl { get; init; }

    /// <summary>How long a pay call is valid. Sent as an absolute time once the gateway's clock is known.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For TCP and TLS together; the name lookup before has its own limit.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Wallets may take up to 8 s.</summary>
    public TimeSpan PayLimit { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan RefundLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often the connection is used to keep it open and to know that it is alive; zero: never. A payment does not
    /// use a connection that has been silent for 20 s.
    /// </summary>
    public TimeSpan KeepWarm { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The path of a call, which is also signed.</summary>
    public string Path(string call) =>
        $"/ams{(ClientId.StartsWith(Sandbox, StringComparison.Ordinal) ? "/sandbox" : "")}/api/v1/payments/{call}";

    public static AmsSettings Read(SettingsSection section)
    {
        var url = section.Text("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
        {
            throw new SettingsException("acquirer.url", $"\"{url}\"", "an https address");
        }
        var keys = section.Section("gatewayKeys");
        var settings = new AmsSettings
        {
            Url = uri,
            ClientId = section.Text("clientId", longest: 64),
            PrivateKeyFile = section.File("privateKey", mustExist: false), // AmsKeys reads it.
            KeyVersion = section.Number("keyVersion", 1, 0, 9999),
            GatewayKeyFiles = ReadKeys(keys),
            CaFile = section.Has("ca") ? section.File("ca") : null,
            NotifyUrl = section.Optional("notifyUrl"),
            KeepWarm = TimeSpan.FromSeconds(section.Number("keepWarmSeconds", 15, 0, 3600)),
            Merchant = AmsMerchant.Read(section.Section("merchant")),
        };
        section.End();
        return settings.GatewayKeyFiles.Count > 0
            ? settings
            : throw section.Missing("gatewayKeys", "the gateway's public key files by version, { \"1\": \"file\" }");
    }

    /// <summary>The authorities that may have signed the gateway's certificate.</summary>
    internal X509ChainPolicy Trusted() => Authorities.Named(CaFile, "acquirer.ca");

    static Dictionary<int, string> ReadKeys(SettingsSection section)
    {
        var files = new Dictionary<int, string>();
        foreach (var key in section.Keys)
        {
            if (!files.TryAdd(Version(key), section.File(key, mustExist: false)))
            {
                throw new SettingsException(
                    $"acquirer.gatewayKeys.{key}", "the same version as another key", "one file a version");
            }
        }
        return files;
    }

    static int Version(string key) => int.TryParse(key, NumberStyles.None, null, out var version)
        ? version
        : throw new SettingsException("acquirer.gatewayKeys", $"\"{key}\"", "key versions, \"1\", \"2\" …");
}
