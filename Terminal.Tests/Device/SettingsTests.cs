using System.Text;
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

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("ca", null, true)]
    [InlineData("ca", "{ \"host\": \"localhost\" }", true)]
    [InlineData("ca", "{ \"host\": \"hq\", \"tls\": {} }", false)]
    [InlineData("ca", "{ \"host\": \"hq\", \"tls\": { \"ca\": \"key.pem\" } }", true)]
    [InlineData(null, "{ \"host\": \"hq\", \"tls\": { \"ca\": \"key.pem\" } }", false)]
    public void The_authorities_of_the_system_are_needed_unless_each_link_names_its_own(
        string? gateway, string? broker, bool areAllNamed)
    {
        var text = Good.Replace("\"clientId\"", gateway is null ? "\"clientId\"" : "\"ca\": \"key.pem\", \"clientId\"")
            .Replace("\"state\"", broker is null ? "\"state\"" : $"\"backend\": {broker}, \"state\"");

        Assert.Equal(areAllNamed, Read(text).NamesAllAuthorities);
    }

    [Fact]
    public void The_wait_for_a_code_is_the_lanes()
    {
        Assert.Equal(TimeSpan.FromSeconds(40), Read(Good).Policy.AwaitCode);
        var patient = Read(Good.Replace("\"baud\"", "\"codeWaitSeconds\": 90, \"baud\""));
        Assert.Equal(TimeSpan.FromSeconds(90), patient.Policy.AwaitCode);
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
    [InlineData("\"device\": \"/dev/ttyS9\"", "\"tcp\": {}, \"presence\": \"dsr\"", "ecr.presence", "beside", "serial")]
    [InlineData("\"baud\"", "\"codeWaitSeconds\": 9, \"baud\"", "ecr.codeWaitSeconds", "9", "from 10 to 120")]
    [InlineData("\"device\": \"/dev/ttyS9\"", "\"tcp\": { \"address\": \"::\" }", "ecr.tcp.allow", "missing", "who")]
    [InlineData("\"device\": \"/dev/ttyS9\"", "\"tcp\": { \"allow\": \"all\" }", "ecr.tcp.allow", "\"all\"", "10.0")]
    [InlineData("\"device\": \"/dev/ttyS9\"", "\"tcp\": { \"port\": 0 }", "ecr.tcp.port", "0", "from 1 to 65535")]
    [InlineData("\"device\": \"/dev/ttyS9\"", "\"tcp\": { \"address\": \"till\" }", "ecr.tcp.address", "IP address")]
    [InlineData("\"1\": \"key.pem\"", "\"1\": \"key.pem\", \"01\": \"key.pem\"", "gatewayKeys.01", "same version")]
    [InlineData("\"ecr\":", Office + "\"broker\" }, \"ecr\":", "backend.passwordFile", "\"tls\"")]
    [InlineData("{ \"device\"", "[ \"device\"", "--settings", "not JSON", "a JSON file")]
    public void A_wrong_setting_is_named_with_its_value_and_what_is_allowed(
        string good, string wrong, params string[] told)
    {
        Assert.Contains(good, Good);

        var e = Assert.Throws<SettingsException>(() => Read(Good.Replace(good, wrong)));

        Assert.All(told, word => Assert.Contains(word, e.Message));
    }

    const string Office = "\"backend\": { \"user\": \"u\", \"passwordFile\": \"key.pem\", \"host\": ";

    [Theory]
    [InlineData("\"localhost\" }")]
    [InlineData("\"::1\" }")]
    [InlineData("\"broker\", \"tls\": {} }")]
    public void A_password_may_go_to_this_machine_or_over_TLS(string backend) =>
        Assert.NotNull(Read(Good.Replace("\"ecr\":", $"{Office}{backend}, \"ecr\":")).Backend!.Password());

    [Theory]
    [InlineData("\"M\", \"name\": \"B", "ckerei", "acquirer.merchant.name", "0xE4 in line 11")]
    [InlineData("comments are ", "fine", "--settings", "0xE4 in line 2")]
    [InlineData("\"baud", "\": 115200", "ecr", "0xE4 in line 4")]
    [InlineData("\"par", "ity\": \"even\"", "ecr", "0xE4 in line 4")]
    [InlineData("\"stopBits\": 1 }", ",", "--settings", "0xE4 in line 4")]
    public void Another_encoding_than_UTF_8_is_refused_with_the_byte_and_its_key(
        string before, string after, string key, string told)
    {
        var text = Good.Replace("\"M\", \"name\": \"N", "\"M\", \"name\": \"Bckerei");
        Assert.Contains(before + after, text);
        var file = Path.Combine(folder, "terminal.json");
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(text.Replace(before + after, before + "\u00e4" + after)));

        var e = Assert.Throws<SettingsException>(() => Settings.Read(file));

        Assert.Equal(key, e.Key);
        Assert.Contains(told, e.Message);
    }

    [Fact]
    public void A_byte_order_mark_is_fine_and_UTF_16_is_not()
    {
        var file = Path.Combine(folder, "terminal.json");
        File.WriteAllText(file, Good, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("T0001", Settings.Read(file).TerminalId);

        File.WriteAllText(file, Good, Encoding.Unicode);
        Assert.Equal("--settings", Assert.Throws<SettingsException>(() => Settings.Read(file)).Key);
    }

    [Fact]
    public void A_state_folder_too_deep_for_the_control_socket_is_refused()
    {
        var deep = Path.Combine(folder, new string('d', 99 - folder.Length - 1));
        Directory.CreateDirectory(deep);
        Directory.CreateDirectory(deep + "d");
        Read(Good.Replace("\"state\": \".\"", $"\"state\": \"{deep}\""));

        var e = Assert.Throws<SettingsException>(
            () => Read(Good.Replace("\"state\": \".\"", $"\"state\": \"{deep}d\"")));

        Assert.Equal("state", e.Key);
        Assert.Contains("108 bytes", e.Message);
        Assert.Contains("at most 99 bytes", e.Message);
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
        Assert.Null(KeyFile.Read(file));

        var key = KeyFile.Create(file);

        Assert.Equal(32, key.Length);
        Assert.Equal(key, KeyFile.Read(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.NotEqual(KeyFile.CheckOf(key), KeyFile.CheckOf(new byte[32]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void What_has_another_length_is_no_code_key(int length)
    {
        var file = Path.Combine(folder, "code.key");
        File.WriteAllBytes(file, new byte[length]);
        Assert.Null(KeyFile.Read(file));
    }

    [Fact]
    public void A_code_key_that_is_a_folder_or_a_link_to_nowhere_is_a_failure_of_the_disk()
    {
        var file = Path.Combine(folder, "code.key");
        File.CreateSymbolicLink(file, file + ".gone");
        Assert.ThrowsAny<IOException>(() => KeyFile.Read(file));
        File.Delete(file);
        Directory.CreateDirectory(file);
        Assert.ThrowsAny<IOException>(() => KeyFile.Read(file));
    }

    Settings Read(string text)
    {
        var file = Path.Combine(folder, "terminal.json");
        File.WriteAllText(file, text);
        return Settings.Read(file);
    }
}
