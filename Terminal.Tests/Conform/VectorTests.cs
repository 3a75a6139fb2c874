using System.Text.Json;
using System.Text.RegularExpressions;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Conform;

/// <summary>The vectors of the integrator kit, by the product's own code and both ways.</summary>
public sealed partial class VectorTests
{
    static readonly JsonElement Kit = JsonDocument.Parse(File.ReadAllText(
        Repository.PathOf("deploy/ecr-kit/vectors.json"))).RootElement;

    public static TheoryData<string> Names =>
        [.. Kit.GetProperty("vectors").EnumerateArray().Select(v => Text(v, "name"))];

    public static TheoryData<string> BrokenNames =>
        [.. Kit.GetProperty("broken").EnumerateArray().Select(v => Text(v, "name"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_block_is_its_message_and_the_message_its_block(string name)
    {
        var vector = Find("vectors", name);
        var (block, apdu) = (Bytes(vector, "block"), Bytes(vector, "apdu"));

        var received = Assert.IsType<Received.Block>(Assert.Single(Decode(block)));

        Assert.Equal(apdu, received.Apdu);
        Assert.Equal(block, Frame.Encode(apdu));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_its_fields_and_the_fields_are_the_message(string name)
    {
        var vector = Find("vectors", name);
        var (head, apdu) = (Bytes(vector, "head"), Apdu.Read(Bytes(vector, "apdu"))!);
        var wanted = vector.GetProperty("fields").EnumerateArray().ToList();

        var fields = Fields.Read(apdu.Data.AsMemory(head.Length));

        Assert.Equal(Text(vector, "command"), $"{apdu.Command >> 8:X2} {apdu.Command & 0xFF:X2}");
        Assert.Equal(head, apdu.Data[..head.Length]);
        Assert.Equal(FieldFault.None, fields.Fault);
        Assert.Equal(
            wanted.Select(f => $"{Text(f, "bmp")}: {Text(f, "value")}"),
            fields.All.Select(f => $"{f.Bmp:X2}: {BitConverter.ToString(f.Value.ToArray()).Replace('-', ' ')}"));
        Assert.Equal(apdu.Data, Encode(head, wanted));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_container_is_its_objects_and_the_objects_are_the_container(string name)
    {
        foreach (var field in Find("vectors", name).GetProperty("fields").EnumerateArray()
            .Where(f => f.TryGetProperty("tlvs", out _)))
        {
            var wanted = field.GetProperty("tlvs").EnumerateArray()
                .Select(t => new Tlv(Convert.ToInt32(Text(t, "tag"), 16), Bytes(t, "value"))).ToList();

            var read = Tlv.ReadAll(Bytes(field, "value"))!;

            Assert.Equal(
                wanted.Select(t => (t.Tag, Convert.ToHexString(t.Value.Span))),
                read.Select(t => (t.Tag, Convert.ToHexString(t.Value.Span))));
            Assert.Equal(Bytes(field, "value"), wanted.SelectMany(t => t.ToBytes()));
        }
    }

    [Theory]
    [MemberData(nameof(BrokenNames))]
    public void What_is_broken_is_answered_as_the_kit_says(string name)
    {
        var vector = Find("broken", name);
        var received = Assert.Single(Decode(Bytes(vector, "bytes")));
        Assert.Equal(
            Text(vector, "answer"), received is Received.Block ? "06" : received is Received.Broken ? "15" : "");
    }

    [Theory]
    [InlineData("frames.md")]
    [InlineData("README.md")]
    [InlineData("booking.md")]
    public void Every_block_on_a_page_is_a_vector(string page)
    {
        var known = Kit.GetProperty("vectors").EnumerateArray().Select(v => Text(v, "block")).ToHashSet();
        var lines = File.ReadAllLines(Repository.PathOf($"deploy/ecr-kit/{page}"));
        var shown = lines.Select(l => l.Trim()).Where(l => l.StartsWith("10 02 ", StringComparison.Ordinal))
            .Select(l => l.Split("  ")[0]).ToList();
        Assert.All(shown, block => Assert.Contains(block, known));
        Assert.True(page != "frames.md" || shown.Count >= 10, "the worked frames are gone");
    }

    [Fact]
    public void What_the_page_explains_are_the_bytes_of_the_block_above()
    {
        var page = File.ReadAllText(Repository.PathOf("deploy/ecr-kit/frames.md"));
        var explained = Explanations().Matches(page);
        Assert.True(explained.Count >= 4, "the explanations are gone");
        foreach (Match match in explained)
        {
            var (block, table) = (match.Groups["block"].Value, match.Groups["table"].Value);
            var apdu = Assert.IsType<Received.Block>(Assert.Single(Decode(
                Convert.FromHexString(block.Replace(" ", ""))))).Apdu;
            var parts = Parts().Matches(string.Concat(
                    table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('|')[1])))
                .Select(m => m.Groups[1].Value.Replace("…", "[0-9A-F ]+"));
            var all = new Regex(string.Join(' ', parts) + "$");
            Assert.True(
                all.IsMatch(block) || all.IsMatch(BitConverter.ToString(apdu).Replace('-', ' ')),
                $"{all} explains something else than {block}");
            Assert.All(Counts().Matches(table), told =>
                Assert.Equal(int.Parse(told.Groups[1].Value), Apdu.Read(apdu)!.Data.Length));
        }
    }

    /// <summary>A block alone, and the table of its bytes below it.</summary>
    [GeneratedRegex(@"```\n(?<block>10 02 [^\n]+)\n```\n\n\| bytes \| \|\n\|---\|---\|\n(?<table>(\|[^\n]*\n?)+)")]
    private static partial Regex Explanations();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Parts();

    [GeneratedRegex("([0-9]+) bytes of data")]
    private static partial Regex Counts();

    static List<Received> Decode(byte[] bytes)
    {
        var decoder = new FrameDecoder(new EcrTimers().ByteGap);
        var received = bytes.Select(b => decoder.Push(b, default)).OfType<Received>().ToList();
        var end = decoder.WakeAt == Moment.Never ? null : decoder.TimePassed(decoder.WakeAt);
        return end is null ? received : [.. received, end];
    }

    static byte[] Encode(byte[] head, IEnumerable<JsonElement> fields)
    {
        var data = new FieldWriter().Raw(head);
        foreach (var field in fields)
        {
            var (bmp, value) = (Convert.ToByte(Text(field, "bmp"), 16), Bytes(field, "value"));
            _ = bmp switch
            {
                Bmp.Pan or Bmp.Track1 or Bmp.CardName => data.LlVar(bmp, value),
                Bmp.Text => data.LllVar(bmp, value),
                Bmp.Tlv => data.Raw(bmp).Raw(Tlv.WriteContainer([.. Tlv.ReadAll(value)!])),
                _ => data.Raw(bmp).Raw(value),
            };
        }
        return data.ToBytes();
    }

    static JsonElement Find(string list, string name) =>
        Kit.GetProperty(list).EnumerateArray().Single(v => Text(v, "name") == name);

    static string Text(JsonElement of, string key) => of.GetProperty(key).GetString()!;

    static byte[] Bytes(JsonElement of, string key) => Convert.FromHexString(Text(of, key).Replace(" ", ""));
}
