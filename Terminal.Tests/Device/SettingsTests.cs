using Terminal.Device;

namespace Terminal.Tests.Device;

public sealed class SettingsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public SettingsTests() => File.WriteAllText(Path.Combine(folder, "key.pem"), "a key");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    const string Good = """
        {
          "terminalId": "T0001", // comments are fine
          "state": ".",
          "ecr": { "device": "/dev/ttyS9", "baud": 115200, "parity": "even", "stopBits": 1 },
          "acquirer": {
            "url": "https://gateway.example",
            "clientId": "C1",
            "privateKey": "key.pem",
            "gatewayKeys": { "1": "key.pem" },
            "merchant": {
              "id": "M", "name": "N", "categoryCode": "5411", "storeId": "S", "storeName": "N", "terminalId": "T"
            },
          },
        }
        """;

    [Fact]
    public void A_good_file_is_read_whole()
    {
        var settings = Read(Good);

        Assert.Equal("T0001", settings.TerminalId);
        Assert.Equal(("/dev/ttyS9", 115200, 1), (settings.Ecr.Device, settings.Ecr.Baud, settings.Ecr.StopBits));
        Assert.Equal(Path.Combine(folder, "key.pem"), settings.Acquirer.PrivateKeyFile);
        Assert.Equal(folder, settings.StateFolder.TrimEnd('/'));
    }

    [Fact]
    public void A_state_folder_that_is_gone_has_no_free_space()
    {
        var settings = Read(Good);

        Assert.True(settings.FreeBytes() > 0);
        Assert.Equal(0, (settings with { StateFolder = Path.Combine(folder, "gone") }).FreeBytes());
    }

    [Theory]
    [InlineData("{}", "127.0.0.1:20007")]
    [InlineData("{ \"port\": 20008, \"address\": \"0.0.0.0\", \"allow\": \"10.0.0.7, fd00::/8\" }", "0.0.0.0:20008")]
    public void An_ECR_over_TCP_is_this_machine_unless_told_otherwise(string tcp, string place)
    {
        var settings = Read(Good.Replace("\"device\": \"/dev/ttyS9\"", $"\"tcp\": {tcp}"));

        Assert.Equal(place, settings.Ecr.Tcp!.ToString());
    }

    [Theory]
    [InlineData("115200", "\"fast\"", "ecr.baud", "\"fast\"", "from 300 to 4000000")]
    [InlineData("115200", "12", "ecr.baud", "12", "from 300 to 4000000")]
    [InlineData("\"even\"", "\"mark\"", "ecr.parity", "\"mark\"", "\"none\", \"even\", \"odd\"")]
    [InlineData("\"stopBits\"", "\"stopBit\"", "ecr.stopBit", "unknown", "stopBits")]
    [InlineData("https://", "http://", "acquirer.url", "http://gateway.example", "https")]
    [InlineData("{ \"1\": \"key.pem\" }", "{}", "acquirer.gatewayKeys", "missing", "public key")]
    [InlineData("\"terminalId\": \"T0001\",", "", "terminalId", "missing", "a text")]
    [InlineData("\"state\": \".\"", "\"state\": \"gone\"", "state", "gone", "existing folder")]
    [InlineData("\"state\": \".\"", "\"state\": 7", "state", "7", "quotes")]
    [InlineData("/dev/ttyS9", "", "ecr.device", "\"\"", "not empty")]
    [InlineData("\"C1\"", "\"\\ud800\"", "acquirer.clientId", "ud800", "quotes")]
    [InlineData("\"5411\"", "\"54110\"", "merchant.categoryCode", "5 characters", "at most 4")]
    [InlineData("\"baud\"", "\"device\": \"x\", \"baud\"", "ecr.device", "twice", "one value")]
    [InlineData("\"device\": \"/dev/ttyS9\",", "", "ecr.device", "missing", "ecr.tcp", "exactly one")]
    [InlineData("\"baud\"", "\"tcp\": {}, \"baud\"", "ecr.device", "beside", "ecr.tcp", "exactly one")]
    [InlineData("\"device\": \"/dev/ttyS9\"", "\"tcp\": { \"address\": \"::\" }", "ecr.tcp.allow", "missing", "who")]
    [InlineData("\"device\": \"/dev/ttyS9\"", "\"tcp\": { \"allow\": \"all\" }", "ecr.tcp.allow", "\"all\"", "10.0")]
    [InlineData("\"device\": \"/dev/ttyS9\"", "\"tcp\": { \"port\": 0 }", "ecr.tcp.port", "0", "from 1 to 65535")]
    [InlineData("\"device\": \"/dev/ttyS9\"", "\"tcp\": { \"address\": \"till\" }", "ecr.tcp.address", "IP address")]
    [InlineData("{ \"device\"", "[ \"device\"", "--settings", "not JSON", "a JSON file")]
    public void A_wrong_setting_is_named_with_its_value_and_what_is_allowed(
        string good, string wrong, params string[] told)
    {
        Assert.Contains(good, Good);

        var e = Assert.Throws<SettingsException>(() => Read(Good.Replace(good, wrong)));

        Assert.All(told, word => Assert.Contains(word, e.Message));
    }

    [Fact]
    public void A_missing_file_is_a_settings_error()
    {
        var e = Assert.Throws<SettingsException>(() => Settings.Read("/nowhere/at.all"));

        Assert.Contains("cannot be read", e.Message);
    }

    [Fact]
    public void The_code_key_is_made_once_and_kept()
    {
        var file = Path.Combine(folder, "code.key");

        var key = KeyFile.ReadOrCreate(file);

        Assert.Equal(32, key.Length);
        Assert.Equal(key, KeyFile.ReadOrCreate(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        File.WriteAllText(file, "short");
        Assert.Throws<SettingsException>(() => KeyFile.ReadOrCreate(file));
    }

    Settings Read(string text)
    {
        var file = Path.Combine(folder, "terminal.json");
        File.WriteAllText(file, text);
        return Settings.Read(file);
    }
}
