using System.Text.Json;
using System.Text.Json.Nodes;
using Terminal.Device;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Device;

/// <summary>The schema says what the program asks, no more and no less; the example has every key.</summary>
public sealed class SettingsSchemaTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;
    readonly List<SettingsQuestion> asked = [];
    readonly string example;
    readonly string overTcp;
    readonly JsonObject schema = JsonNode.Parse(Settings.Schema)!.AsObject();

    public SettingsSchemaTests()
    {
        example = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "terminal.example.json"))
            .Replace("/var/lib/terminal", folder)
            .Replace("// Any password will do, unless one is named here: ", "");
        // Its files are not here.
        foreach (var name in new[]
        {
            "terminal-private.pem", "gateway-public.pem", "gateway-ca.pem", "broker-ca.pem", "terminal.pem",
            "terminal-key.pem", "broker-password", "tills-ca.pem",
        })
        {
            File.WriteAllText(Path.Combine(folder, name), "");
        }
        Read(example);
        // The two lines to the ECR exclude each other.
        const string Tcp = """
            "tcp": { "allow": "::1", "tls": {
                "certificate": "terminal.pem", "key": "terminal-key.pem", "clientCa": "tills-ca.pem"
            } },
            "cardName": "
            """;
        overTcp = example.Replace("\"device\": \"/dev/serial/by-id/usb-FTDI", Tcp)
            .Replace("\"cardName\": \"ALIPAY\",", "");
        Read(overTcp);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_key_that_is_asked_is_in_the_schema_with_the_same_limits()
    {
        foreach (var q in asked)
        {
            var entry = Find(q.Key);
            Assert.True(entry is not null, $"{q.Key} is not in the schema");
            Assert.Equal($"{q.Key}: {q.Type}", $"{q.Key}: {entry["type"]}");
            Assert.Equal(
                $"{q.Key}: {string.Join(',', q.Allowed ?? [])}",
                $"{q.Key}: {string.Join(',', entry["enum"]?.AsArray().Select(e => e!.ToString()) ?? [])}");
            if (q.Most is { } most)
            {
                Assert.Equal(
                    $"{q.Key}: {most}", $"{q.Key}: {entry[q.Type == "integer" ? "maximum" : "maxLength"]}");
            }
            if (q.Least is { } least)
            {
                Assert.Equal($"{q.Key}: {least}", $"{q.Key}: {entry["minimum"]}");
            }
            if (entry["default"] is { } otherwise)
            {
                Assert.Equal($"{q.Key}: {q.Otherwise}", $"{q.Key}: {Plain(otherwise)}");
            }
        }
    }

    [Fact]
    public void Every_key_of_the_schema_is_asked_and_described()
    {
        var known = asked.Select(q => q.Key).ToHashSet();
        foreach (var (key, entry) in Entries(schema, ""))
        {
            Assert.True(known.Contains(key), $"nobody asks for {key}");
            Assert.False(string.IsNullOrEmpty((string?)entry["description"]), $"{key} has no description");
        }
    }

    [Fact]
    public void What_the_schema_requires_the_program_requires()
    {
        var required = Entries(schema, "").Append(("", schema)).SelectMany(e =>
            (e.Item2["required"]?.AsArray() ?? []).Select(k => e.Item1.Length == 0 ? $"{k}" : $"{e.Item1}.{k}"));
        Assert.All(required.ToList(), key =>
        {
            var words = key.Split('.');
            var (file, section) = ((string[])[example, overTcp])
                .Select(text => JsonNode.Parse(text, documentOptions: Settings.Lenient)!)
                .Select(file => (file, Section: words[..^1].Aggregate((JsonNode?)file, (at, word) => at?[word])))
                .First(found => found.Section is not null);
            section!.AsObject().Remove(words[^1]);

            var e = Assert.Throws<SettingsException>(() => Read(file.ToJsonString()));

            Assert.StartsWith(key, e.Key);
        });
    }

    void Read(string text) => Settings.Read(Section(text));

    SettingsSection Section(string text)
    {
        using var json = JsonDocument.Parse(text, Settings.Lenient);
        return new(json.RootElement.Clone(), "", folder, asked.Add);
    }

    JsonNode? Find(string key)
    {
        JsonNode? entry = schema;
        foreach (var word in key.Split('.'))
        {
            entry = entry?["properties"]?[word] ?? entry?["additionalProperties"] as JsonObject;
        }
        return entry;
    }

    /// <summary>Every named key, with its full name; those of maps are named by the example.</summary>
    static IEnumerable<(string Key, JsonNode Entry)> Entries(JsonNode section, string path)
    {
        foreach (var (name, entry) in section["properties"]?.AsObject() ?? [])
        {
            yield return (path + name, entry!);
            foreach (var inner in Entries(entry!, $"{path}{name}."))
            {
                yield return inner;
            }
        }
    }

    static string Plain(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => value.ToString(),
    };
}
