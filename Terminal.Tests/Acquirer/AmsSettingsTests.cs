using System.Security.Cryptography;
using System.Text.Json;
using Terminal.Acquirer;
using Terminal.Device;

namespace Terminal.Tests.Acquirer;

public sealed class AmsSettingsTests : IDisposable
{
    const string Good =
        """
        {"url":"https://gateway.example","clientId":"C1","privateKey":"key.pem",
        "gatewayKeys":{"1":"key.pem","2":"key.pem"},
        "merchant":{"id":"M1","name":"Shop","categoryCode":"5411","storeId":"S1","storeName":"Store","terminalId":"T1"}}
        """;

    readonly string folder = Directory.CreateTempSubdirectory("ams").FullName;

    public AmsSettingsTests() => WriteKey(2048);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Settings_are_read()
    {
        var settings = Read(Good);
        Assert.Equal(new AmsMerchant("M1", "Shop", "5411", "S1", "Store", "T1"), settings.Merchant);
        Assert.Equal([1, 2], settings.GatewayKeyFiles.Keys.Order());
        Assert.Equal(Path.Combine(folder, "key.pem"), settings.PrivateKeyFile);
        using var keys = new AmsKeys(settings);
        Assert.True(keys.Verify(keys.Sign([1, 2, 3]), [1, 2, 3]));
    }

    [Theory]
    [InlineData("https://gateway.example", "http://gateway.example")]
    [InlineData("https://gateway.example", "gateway")]
    [InlineData("\"1\":\"key.pem\",\"2\":\"key.pem\"", "")]
    [InlineData("\"1\":", "\"one\":")]
    [InlineData("\"clientId\"", "\"client\"")]
    [InlineData("\"terminalId\":\"T1\"", "\"terminal\":\"T1\"")]
    public void A_setting_that_cannot_be_used_is_named(string part, string instead) =>
        Assert.Throws<SettingsException>(() => Read(Good.Replace(part, instead)));

    [Fact]
    public void A_short_key_is_refused()
    {
        WriteKey(1024);
        Assert.Throws<SettingsException>(() => new AmsKeys(Read(Good)));
    }

    [Theory]
    [InlineData("\"privateKey\":\"key.pem\"", "\"privateKey\":\"none.pem\"", "acquirer.privateKey")]
    [InlineData("\"2\":\"key.pem\"", "\"2\":\"none.pem\"", "acquirer.gatewayKeys.2")]
    public void A_key_that_is_not_there_is_named(string part, string instead, string key)
    {
        var e = Assert.Throws<SettingsException>(() => new AmsKeys(Read(Good.Replace(part, instead))));
        Assert.Equal(key, e.Key);
        Assert.Contains("none.pem", e.Message);
    }

    [Fact]
    public void A_ca_file_without_a_certificate_is_refused_instead_of_trusting_nobody()
    {
        var settings = Read(Good) with { CaFile = Path.Combine(folder, "key.pem") };
        Assert.Throws<SettingsException>(
            () => new AmsAcquirer(settings, new(new ManualTime()), _ => { }, new(new ManualTime())));
    }

    void WriteKey(int bits)
    {
        using var key = RSA.Create(bits);
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    AmsSettings Read(string json) =>
        AmsSettings.Read(new SettingsSection(JsonDocument.Parse(json).RootElement, "acquirer", folder));
}
