using System.Net;
using Sandbox.Acceptance;
using Terminal.Device;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;
using Terminal.Ecr.Trace;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Trace;

public sealed class EcrTraceTests : IDisposable
{
    readonly StringWriter text = new();
    readonly ManualTime time = new();

    [Fact]
    public void A_serial_line_is_written_down_message_by_message()
    {
        var script = new Script("0601", "07", "04000000001234");
        var line = Open(script, isTcp: false);
        for (var i = 0; i < 100 && line.Read(new byte[3]) > 0; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(3));
        }
        line.Write([Frame.Ack]);
        line.Write(Frame.Encode(Apdu.Accept.ToBytes()));
        line.Write([Frame.Nak]);
        line.Dispose();
        line.Dispose();
        Assert.Equal(
            [
                "     0.000 open 9600",
                "     0.015 > 06010704000000001234  # 06 01 authorisation EUR 12.34",
                "     0.018 < ack",
                "     0.018 < 800000  # 80 00 yes",
                "     0.018 < nak",
                "     0.018 closed",
            ],
            text.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n'));
    }

    [Fact]
    public void What_is_written_can_be_read_again()
    {
        A_serial_line_is_written_down_message_by_message();
        var entries = TraceEntry.ReadAll(new StringReader("# a comment\n" + text)).ToList();
        Assert.Equal(6, entries.Count);
        Assert.Equal(new TraceEntry.Line(TimeSpan.Zero, 9600), entries[0]);
        var message = Assert.IsType<TraceEntry.Message>(entries[1]);
        Assert.True(message.IsFromEcr);
        Assert.Equal("06010704000000001234", Hex.Of(message.Apdu));
        Assert.Equal(new TraceEntry.Receipt(TimeSpan.FromSeconds(0.018), false, true), entries[2]);
        Assert.Equal(new TraceEntry.Line(TimeSpan.FromSeconds(0.018), null), entries[5]);
    }

    [Theory]
    [InlineData("840000", "84 00 yes")]
    [InlineData("84A000", "84 A0 no")]
    [InlineData("0601", "no message")]
    [InlineData("0601 1C 04000000001234 490978 22F0F9280000000000000000 06041F2D0102",
        "06 01 authorisation EUR 12.34 with a code")]
    [InlineData("0630 06 000000 870042", "06 30 reversal receipt 0042")]
    [InlineData("0620 0B 000000 06061F7303000007", "06 20 repeat receipt message 000007")]
    [InlineData("040F 14 2771 04000000001234 870042 3CF0F0F42E2281AF",
        "04 0F result 71 EUR 12.34 receipt 0042 \".\"??\"")]
    [InlineData("04FF 01 04", "04 FF progress 04")]
    [InlineData("04FF 0B FF03 06 07 2405 0703 616263", "04 FF progress FF \"abc\"")]
    [InlineData("060F 00", "06 0F completion")]
    [InlineData("060F 01 DF", "06 0F completion status DF")]
    [InlineData("060F 09 F0F0F5302E312E309C", "06 0F completion version \"0.1.0\" status 9C")]
    [InlineData("060F 0A 19002900000001490978", "06 0F completion status 00")]
    [InlineData("06D1 05 50 50414944", "06 D1 print line \"PAID\"")]
    [InlineData("06D1 01 81", "06 D1 print line \"\"")]
    [InlineData("061E 01 6C", "06 1E termination 6C")]
    [InlineData("06C0 00", "06 C0 unknown")]
    public void A_message_in_a_few_words(string message, string words) =>
        Assert.Equal(words, TraceWords.Of(Hex.Bytes(message.Replace(" ", ""))));

    [Theory]
    [InlineData("1.0")]
    [InlineData("x open 9600")]
    [InlineData("1.0 > 0")]
    [InlineData("1.0 = 00")]
    [InlineData("1.0 open fast")]
    [InlineData("-1.0 closed")]
    public void Other_lines_are_no_trace(string line) =>
        Assert.Throws<FormatException>(() => TraceEntry.ReadAll(new StringReader(line)).ToList());

    [Theory]
    [InlineData("0601", "0400001234 22F0F12812", "00000000000000000000")]
    [InlineData("0601", "04000000001234 22F0F32812FF", "04000000001234 22F0F3280000")]
    [InlineData("0601", "04000000001234 2DF0F3685156", "04000000001234 2DF0F3303030")]
    [InlineData("0601", "04000000001234 3CF0F0F5 51523A3132", "04000000001234 3CF0F0F5 3030303030")]
    [InlineData("0601", "04000000001234 3B2812345678901234", "04000000001234 3B3030303030303030")]
    [InlineData("0601", "04000000001234 060A 2808 150244451502454E", "04000000001234 060A 2808 150244451502454E")]
    [InlineData("0601", "060A 1F2D072812345678FFFF", "060A 1F2D0730303030303030")]
    [InlineData("06E0", "F1F0F4 32383132", "F1F0F4 30303030")]
    [InlineData("849D", "04000000001234", "04000000001234")]
    [InlineData("8000", "3CF0F0F4 32383132", "3CF0F0F4 30303030")]
    [InlineData("0601", "060D E30B 1F2E010A 1F2F04 68515644", "060D E30B 1F2E010A 1F2F04 30303030")]
    [InlineData("0601", "0612 E3071F2F0468515644 E3071F2F0468515644", "0612 E3071F2F0430303030 E3071F2F0430303030")]
    [InlineData("0601", "0609 E307 1F2F05 68515644", "0609 E307 30303030303030")]
    [InlineData("0601", "0607 1F2F04 68515644", "0607 1F2F04 30303030")]
    [InlineData("0600", "123456 BA 0978", "000000 BA 0978")]
    [InlineData("0620", "123456 0303", "000000 0303")]
    [InlineData("06C0", "2812345678", "0000000000")]
    [InlineData("8000", "", "")]
    public void Codes_cards_and_passwords_are_hidden(string command, string data, string shown) =>
        Assert.Equal(Hex.Of(Message(command, shown)), Hex.Of(TraceMask.Hide(Message(command, data))));

    /// <summary>Wherever a till puts it: every field, every data object, one level down, any command.</summary>
    [Fact]
    public void No_placement_of_a_code_shows_it()
    {
        byte[][] codes = [Hex.Bytes("281234567890123456"), "281234567890123456"u8.ToArray()];
        var placements = 0;
        foreach (var data in codes.SelectMany(Placements))
        {
            foreach (var command in (string[])["0601", "0630", "0631", "0600", "0620", "06E0", "05FF", "8000", "849D"])
            {
                var head = CommandTable.Find(Convert.ToInt32(command, 16))?.Head ?? 0;
                var shown = Hex.Of(TraceMask.Hide(Message(command, Hex.Of([.. new byte[head], .. data]))));
                Assert.DoesNotContain("1234567", shown);
                Assert.DoesNotContain("31323334353637", shown);
                placements++;
            }
        }
        Assert.InRange(placements, 2 * 9 * 500, int.MaxValue);
    }

    static IEnumerable<byte[]> Placements(byte[] code)
    {
        byte[] amount = [Bmp.Amount, 0, 0, 0, 0, 0x12, 0x34];
        for (var bmp = 0; bmp < 256; bmp++)
        {
            // With every way to tell its length, and with none.
            yield return [.. amount, (byte)bmp, .. code];
            yield return [.. amount, .. new FieldWriter().LlVar((byte)bmp, code).ToBytes()];
            yield return [.. amount, .. new FieldWriter().LllVar((byte)bmp, code).ToBytes()];
            yield return [.. new FieldWriter().LllVar((byte)bmp, code).ToBytes(), .. amount];
        }
        foreach (var tag in (int[])[
            .. Enumerable.Range(1, 255).Where(t => (t & 0x1F) != 0x1F), .. Enumerable.Range(0x1F01, 0x7E),
            .. Enumerable.Range(0x1F8001, 0x20), 0xFF01])
        {
            var tlv = new Tlv(tag, code);
            yield return [.. amount, Bmp.Tlv, .. Tlv.WriteContainer([tlv])];
            foreach (var outer in (int[])[
                Tag.PermittedCommands, Tag.CharacterSets, Tag.Languages, Tag.Barcode, Tag.DisplayTexts, 0x2F])
            {
                yield return [.. amount, Bmp.Tlv, .. Tlv.WriteContainer([Tlv.Of(outer, [tlv])])];
            }
        }
    }

    [Fact]
    public void Nobody_else_reads_the_file_of_a_trace_also_if_it_was_there_before()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "before\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_100);
        Append(path);
        Assert.Equal("before\nclosed\n", File.ReadAllText(path));

        File.Delete(path);
        Append(path);
        Assert.Equal("closed\n", File.ReadAllText(path));
        File.Delete(path);

        static void Append(string path)
        {
            using (var trace = EcrTrace.Append(path))
            {
                trace.Write("closed\n");
            }
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("06", "06")]
    [InlineData("060104 281234", "060104 000000")]
    public void Of_what_is_no_message_only_the_head_is_shown(string bytes, string shown) =>
        Assert.Equal(shown.Replace(" ", ""), Hex.Of(TraceMask.Hide(Hex.Bytes(bytes))));

    [Fact]
    public void Over_TCP_messages_are_told_apart_by_their_length()
    {
        var line = Open(
            new Script("0602 00 0601 19 04000000001234 22F0F9281234567890123456 06041F2D0102"), isTcp: true);
        while (line.Read(new byte[5]) > 0)
        {
        }
        Assert.Contains("> 060200", text.ToString());
        Assert.Contains("> 06011904000000001234" + "22F0F9280000000000000000" + "06041F2D0102", text.ToString());
    }

    /// <summary>What was heard once, codes hidden, is heard again by another session and answered alike.</summary>
    [Fact]
    public void A_trace_is_played_again()
    {
        var line = Open(new Script("0600 06 000000 BA 0978"), isTcp: true);
        _ = line.Read(new byte[100]);
        line.Write(Hex.Bytes("800000"));
        line.Write(Hex.Bytes("060F 0A 19002900000001490978"));

        var session = new EcrSession(new() { Tcp = new(IPAddress.Loopback, 1) }, new CodeSeal(new byte[32]));
        session.LineUp();
        List<string> answers = [];
        foreach (var e in TraceEntry.ReadAll(new StringReader(text.ToString())).OfType<TraceEntry.Message>())
        {
            if (e.IsFromEcr)
            {
                session.Feed(e.Apdu, default);
            }
            while (answers.Count < 2 && session.TryTake(out var output))
            {
                answers.AddRange(output is SessionOutput.Write w ? [Hex.Of(w.Bytes)] : []);
            }
        }
        Assert.Equal(["800000", "060F0A19002900000001490978"], answers);
    }

    static byte[] Message(string command, string data)
    {
        var bytes = Hex.Bytes(data);
        return [.. Hex.Bytes(command), (byte)bytes.Length, .. bytes];
    }

    public void Dispose() => text.Dispose();

    ISerialLine Open(Script script, bool isTcp)
    {
        script.IsTcp = isTcp;
        var opened = new EcrTrace(text, time, isTcp).Around(_ => new(script, ""))(9600);
        return opened.Line!;
    }

    /// <summary>A line that says what it was given.</summary>
    sealed class Script(params string[] apdu) : ISerialLine
    {
        readonly byte[] said = Hex.Bytes(string.Concat(apdu));
        int at;

        public bool IsTcp { get; set; }

        public int Read(Span<byte> buffer)
        {
            var all = IsTcp ? said : Frame.Encode(said);
            var count = Math.Min(buffer.Length, all.Length - at);
            all.AsSpan(at, count).CopyTo(buffer);
            at += count;
            return count;
        }

        public bool Write(ReadOnlySpan<byte> bytes) => true;

        public void Dispose()
        {
        }
    }

    [Fact]
    public void A_connection_that_broke_in_a_message_does_not_garble_the_next_one()
    {
        var trace = new EcrTrace(text, time, isTcp: true);
        foreach (var said in (string[])["0601 19 04000000001234 22F0", "0601 07 04000000001234"])
        {
            using var line = trace.Around(_ => new(new Script(said) { IsTcp = true }, ""))(9600).Line!;
            _ = line.Read(new byte[100]);
        }
        Assert.Contains("> 06010704000000001234", text.ToString());
    }
}
