using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Terminal.Device;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Device;

/// <summary>The schema says what the program takes, no more and no less; the example has every key.</summary>
public sealed class SettingsSchemaTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;
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
        // The two lines to the ECR exclude each other.
        const string Tcp = """
            "tcp": { "allow": "::1", "tls": {
                "certificate": "terminal.pem", "key": "terminal-key.pem", "clientCa": "tills-ca.pem"
            } },
            "cardName": "
            """;
        overTcp = example.Replace("\"device\": \"/dev/serial/by-id/usb-FTDI", Tcp)
            .Replace("\"cardName\": \"ALIPAY\",", "");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_key_that_the_program_knows_is_in_the_schema_and_described()
    {
        foreach (var key in Known())
        {
            var entry = Find(key);
            Assert.True(entry is not null, $"{key} is not in the schema");
            Assert.False(string.IsNullOrEmpty((string?)entry["description"]), $"{key} has no description");
        }
    }

    [Fact]
    public void The_program_knows_every_key_of_the_schema()
    {
        var known = Known();
        Assert.All(Entries(schema, "").Select(e => e.Key), key => Assert.Contains(key, known));
    }

    [Fact]
    public void What_the_program_refuses_the_schema_refuses()
    {
        foreach (var key in Known())
        {
            var entry = Find(key)!;
            var isText = (string?)entry["type"] == "string" && entry["enum"] is null;
            (JsonNode Wrong, string Allowed) refused = ((string?)entry["type"], entry["enum"]) switch
            {
                ("integer", _) => (-1_000_000, $"a whole number from {entry["minimum"]} to {entry["maximum"]}"),
                ("boolean", _) => ("true", "true or false"),
                ("object", _) => (5, "an object { … }"),
                (_, JsonArray all) => ("~", string.Join(", ", all.Select(one => $"\"{one}\""))),
                _ => (new string('x', 5000), $"at most {entry["maxLength"]} characters"),
            };

            var said = Said(With(key, refused.Wrong)).Split("; allowed: ");

            if (!isText || said is [_, ['a', 't', ' ', 'm', ..]])
            {
                Assert.Equal($"{key}: {refused.Allowed}", $"{key}: {said.Last()}");
                Assert.StartsWith($"setting \"{key}\" is ", said[0]);
            }
        }
    }

    [Fact]
    public void A_key_that_is_left_out_is_what_the_schema_says() =>
        Assert.All(Known().Where(key => Find(key)!["default"] is not null), key =>
            Assert.Equal(Said(With(key, Find(key)!["default"])), Said(With(key, null))));

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

    Settings Read(string text) => Settings.Read(Section(text));

    /// <summary>All that the settings hold, or why they are none.</summary>
    string Said(string text)
    {
        try
        {
            return Told(Read(text));
        }
        catch (SettingsException e)
        {
            return e.Message;
        }
    }

    SettingsSection Section(string text)
    {
        using var json = JsonDocument.Parse(text, Settings.Lenient);
        return new(json.RootElement.Clone(), "", folder);
    }

    /// <summary>The first of the two files that has the section of this key, with another value of it.</summary>
    string With(string key, JsonNode? value)
    {
        var words = key.Split('.');
        foreach (var text in (string[])[example, overTcp])
        {
            var file = JsonNode.Parse(text, documentOptions: Settings.Lenient)!;
            if (words[..^1].Aggregate((JsonNode?)file, (at, word) => at?[word]) is JsonObject section &&
                (section.ContainsKey(words[^1]) || text == overTcp))
            {
                section[words[^1]] = value?.DeepClone();
                return file.ToJsonString();
            }
        }
        throw new InvalidOperationException($"no file has the section of {key}");
    }

    /// <summary>Every key that the program names when a section has one that it does not know.</summary>
    HashSet<string> Known()
    {
        const string Unknown = "noSuchKey";
        var known = new HashSet<string>();
        foreach (var text in (string[])[example, overTcp])
        {
            foreach (var path in Sections(JsonNode.Parse(text, documentOptions: Settings.Lenient)!.AsObject(), ""))
            {
                var file = JsonNode.Parse(text, documentOptions: Settings.Lenient)!;
                path.Split('.', StringSplitOptions.RemoveEmptyEntries)
                    .Aggregate(file, (at, word) => at[word]!)[Unknown] = new JsonObject();
                var said = Record.Exception(() => Read(file.ToJsonString())) as SettingsException;
                if (said?.Key == path + Unknown && said.Message.Split(" is unknown; allowed: ") is [_, var names])
                {
                    known.UnionWith(names.Split(", ").Select(name => path + name));
                }
                else
                {
                    // A section whose keys are names: what they are may be anything, what is in it may not.
                    Assert.Contains(path, (string[])["acquirer.gatewayKeys.", "wallets."]);
                }
            }
        }
        // It is read only to say where it went.
        known.Remove("scanner.codes");
        return known;
    }

    static IEnumerable<string> Sections(JsonObject section, string path) => section
        .Where(pair => pair.Value is JsonObject)
        .SelectMany(pair => Sections((JsonObject)pair.Value!, $"{path}{pair.Key}."))
        .Prepend(path);

    /// <summary>All that the settings hold, also what they keep to themselves.</summary>
    static string Told(object? value, int depth = 0) => value switch
    {
        null => "null",
        string or Enum => $"\"{value}\"",
        IEnumerable all => $"[{string.Join(", ", all.Cast<object?>().Select(one => Told(one, depth + 1)))}]",
        _ when value.GetType().Assembly == typeof(Settings).Assembly && depth < 12 => $"{value.GetType().Name} " +
            "{" + string.Join(", ", value.GetType()
                .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(field => $"{field.Name} = {Told(field.GetValue(value), depth + 1)}")) + "}",
        _ => $"{value}",
    };

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
}
