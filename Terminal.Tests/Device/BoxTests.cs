using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Device;

/// <summary>How the real program meets a box that is not as it should be.</summary>
[Trait("kind", "instrument")]
public sealed class BoxTests : IDisposable
{
    const UnixFileMode ForOthers = (UnixFileMode)0b000_111_111;

    readonly TestBox box = new();

    public void Dispose() => box.Dispose();

    public static TheoryData<string> WrongSettings => [.. Wrong.Keys];

    static readonly Dictionary<string, Action<TestBox>> Wrong = new()
    {
        ["the gateway's ca is nonsense"] = box => Acquirer(box)["ca"] = Nonsense(box),
        ["the gateway's ca is no certificate"] = box => Acquirer(box)["ca"] = "public.pem",
        ["our key is nonsense"] = box => Acquirer(box)["privateKey"] = Nonsense(box),
        ["our key is encrypted"] = box => Acquirer(box)["privateKey"] = Encrypted(box),
        ["our key is a folder"] = box => Acquirer(box)["privateKey"] = "state",
        ["our key has no end"] = box => Acquirer(box)["privateKey"] = "/dev/zero",
        ["our key has a very long name"] = box => Acquirer(box)["privateKey"] = new string('k', 4000),
        ["one version has two keys"] = box => Acquirer(box)["gatewayKeys"]!["01"] = "public.pem",
        ["the till's certificate is nonsense"] = box => Tcp(box)["tls"] = Tls(Nonsense(box), Nonsense(box)),
        ["the till's key is encrypted"] = box => Tcp(box)["tls"] = Tls(Nonsense(box), Encrypted(box)),
        ["the broker's ca is nonsense"] = box => Backend(box)["tls"] = new JsonObject { ["ca"] = Nonsense(box) },
        ["the broker's certificate is nonsense"] = box => Backend(box)["tls"] = Tls(Nonsense(box), Nonsense(box)),
        ["the broker's password is a folder"] = box => Backend(box)["passwordFile"] = "state/log",
        ["the state folder has a long name"] = box => box.Settings["state"] = Deep(box),
        ["the file is Latin-1"] = box => Acquirer(box)["clientId"] = "Bäckerei",
    };

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public void Run_and_check_say_the_same_of_a_wrong_setting(string what)
    {
        Directory.CreateDirectory(Path.Combine(box.State, "log"));
        Wrong[what](box);
        File.WriteAllBytes(
            box.SettingsFile, Encoding.Latin1.GetBytes(box.Settings.ToJsonString(new() { Encoder = Plain })));

        var (checkedAs, check) = box.Run("settings check");
        var (ranAs, run) = box.Run("run");

        Assert.Equal((ExitStatus.Settings, ExitStatus.Settings), (checkedAs, ranAs));
        Assert.Equal(check, Assert.Single(run.Split('\n'), line => line.StartsWith("terminal: setting ")) + "\n");
    }

    [Theory]
    [InlineData("code.key")]
    [InlineData("journal.json")]
    [InlineData("control")]
    public void What_is_no_file_in_the_state_folder_is_no_setting_and_no_crash(string name)
    {
        var file = Path.Combine(box.State, name);
        if (name != "control") // A link there is replaced like any old socket.
        {
            File.CreateSymbolicLink(file, "/nowhere/at.all");
            Check(box.Run("run"));
            File.Delete(file);
        }

        Directory.CreateDirectory(Path.Combine(file, "full"));
        Check(box.Run("run"));

        void Check((int Status, string Said) end)
        {
            Assert.Equal(ExitStatus.JournalFailed, end.Status);
            Assert.Contains(name, end.Said);
            Assert.DoesNotContain("   at ", end.Said);
        }
    }

    [Fact]
    public async Task Whatever_the_umask_files_and_folders_are_for_one_user_only()
    {
        var service = await box.ServeAsync($"umask 0; set -- \"$@\" --trace-ecr {box.In("trace")}");

        var found = Directory.GetFileSystemEntries(box.State, "*", SearchOption.AllDirectories)
            .Append(box.In("trace")).ToList();

        Assert.All(found, path => Assert.Equal(0, (int)(File.GetUnixFileMode(path) & ForOthers)));
        Assert.Superset(
            new HashSet<string>(["control", "code.key", "journal.json", "log", "trace"]),
            found.Select(path => Path.GetFileName(path)!).ToHashSet());
        Assert.Equal(0, TestBox.Stop(service));
    }

    [Fact]
    public async Task A_key_for_everybody_and_a_folder_that_anybody_writes_in_are_told_with_their_code()
    {
        Assert.Equal((0, "settings: good\n"), box.Run("settings check"));
        File.SetUnixFileMode(box.PrivateKey, File.GetUnixFileMode(box.PrivateKey) | UnixFileMode.OtherRead);
        File.SetUnixFileMode(box.State, File.GetUnixFileMode(box.State) | UnixFileMode.OtherWrite);

        var (status, said) = box.Run("settings check");
        var service = await box.ServeAsync();
        var told = box.Ask("status")!;

        Assert.Equal(0, status);
        Assert.Contains($"note: K-902: {box.PrivateKey} is open", said);
        Assert.Contains($"note: K-903: other users may write in {box.State}", said);
        Assert.EndsWith("settings: good\n", said);
        Assert.Contains($"chmod 600 {box.PrivateKey}", told);
        Assert.Contains($"chmod 700 {box.State}", told);
        Assert.Equal(0, TestBox.Stop(service));
    }

    [Fact]
    public void Too_few_open_files_are_told_before_anything_starts()
    {
        var (status, said) = box.Run("settings check", "ulimit -n 200");

        Assert.Equal(0, status);
        Assert.Contains("note: only 200 files and connections may be open at once", said);
    }

    [Theory]
    [InlineData("1024", null)]
    [InlineData("256", null)]
    [InlineData("255", "only 255 files")]
    [InlineData("unlimited", null)]
    public void The_limit_of_open_files_is_the_soft_one(string soft, string? told)
    {
        var problem = OpenFiles.Problem(["Limit   Soft Limit", $"Max open files          {soft}       4096    files"]);

        Assert.Equal(told is not null, problem?.StartsWith(told!, StringComparison.Ordinal) == true);
        Assert.Null(OpenFiles.Problem([]));
    }

    [Fact]
    public void The_unit_starts_the_service_again_after_everything_but_wrong_settings()
    {
        var unit = File.ReadAllText(Repository.PathOf("systemd/terminal.service"));

        Assert.Equal("78", Regex.Match(unit, @"(?m)^RestartPreventExitStatus=(.*)$").Groups[1].Value);
        Assert.Equal(78, ExitStatus.Settings);
        Assert.Contains("\nRestart=on-failure\n", unit);
    }

    static System.Text.Encodings.Web.JavaScriptEncoder Plain =>
        System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    static JsonObject Acquirer(TestBox box) => box.Settings["acquirer"]!.AsObject();

    static JsonObject Tcp(TestBox box) => box.Settings["ecr"]!["tcp"]!.AsObject();

    static JsonObject Backend(TestBox box)
    {
        var backend = new JsonObject { ["host"] = "127.0.0.1", ["port"] = 1, ["user"] = "u" };
        box.Settings["backend"] = backend;
        return backend;
    }

    static JsonObject Tls(string certificate, string key) => new() { ["certificate"] = certificate, ["key"] = key };

    static string Nonsense(TestBox box)
    {
        File.WriteAllText(box.In("nonsense.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        return "nonsense.pem";
    }

    static string Encrypted(TestBox box)
    {
        using var key = RSA.Create(2048);
        File.WriteAllText(box.In("encrypted.pem"), key.ExportEncryptedPkcs8PrivateKeyPem(
            "password", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        return "encrypted.pem";
    }

    static string Deep(TestBox box)
    {
        var deep = box.In(new string('d', 107 - box.Folder.Length));
        Directory.CreateDirectory(deep);
        return deep;
    }
}
