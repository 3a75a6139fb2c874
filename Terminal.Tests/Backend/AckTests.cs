using System.Text;
using Sandbox.Backend;
using Terminal.Backend;

namespace Terminal.Tests.Backend;

public sealed class AckTests
{
    static readonly string Hex = new('a', 64);

    [Fact]
    public void An_acknowledgement_reads_back_as_it_was_written()
    {
        byte[] hash = [.. Enumerable.Repeat((byte)7, 32)];
        var ack = new Ack("00000000000000e1", long.MaxValue, hash, [new(1, 5), new(9, 9)]);

        var read = Ack.Parse(ack.Write())!;

        Assert.Equal((ack.Epoch, ack.Upto), (read.Epoch, read.Upto));
        Assert.Equal(ack.Hash, read.Hash);
        Assert.Equal(ack.Need, read.Need);
    }

    [Fact]
    public void Unknown_members_are_passed_over()
    {
        var read = Parse($$"""{"serverTime":5,"v":1,"epoch":"e","upto":3,"hash":"{{Hex}}","more":{"x":[1]} }""");

        Assert.Equal(3, read!.Upto);
        Assert.Empty(read.Need);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"epoch":"e","upto":3,"hash":"HEX"}""")]
    [InlineData("""{"v":"1","epoch":"e","upto":3,"hash":"HEX"}""")]
    [InlineData("""{"v":1,"epoch":"","upto":3,"hash":"HEX"}""")]
    [InlineData("""{"v":1,"epoch":null,"upto":3,"hash":"HEX"}""")]
    [InlineData("""{"v":1,"epoch":"\ud800","upto":3,"hash":"HEX"}""")]
    [InlineData("""{"v":1,"epoch":"e","upto":-1,"hash":"HEX"}""")]
    [InlineData("""{"v":1,"epoch":"e","upto":1.5,"hash":"HEX"}""")]
    [InlineData("""{"v":1,"epoch":"e","upto":9223372036854775808,"hash":"HEX"}""")]
    [InlineData("""{"v":1,"epoch":"e","upto":3,"hash":"HEXa"}""")]
    [InlineData("""{"v":1,"epoch":"e","upto":3,"upto":4,"hash":"HEX"}""")]
    [InlineData("""{"v":1,"epoch":"e","upto":3,"hash":"NOHEX"}""")]
    [InlineData("""{"v":1,"epoch":"e","upto":3,"hash":"HEX"}}""")]
    public void Anything_else_is_no_acknowledgement(string text) =>
        Assert.Null(Parse(text.Replace("NOHEX", new('z', 64)).Replace("HEX", Hex)));

    [Fact]
    public void Foolish_requests_are_left_out_and_many_are_cut_short()
    {
        var foolish = """[0,1],[5,4],[1],"x",["a","b"],[4,6]""";
        var read = Parse($$"""{"v":1,"epoch":"e","upto":3,"hash":"{{Hex}}","need":[{{foolish}}]}""");
        var many = string.Join(',', Enumerable.Repeat("[1,2]", 20));
        var cut = Parse($$"""{"v":1,"epoch":"e","upto":3,"hash":"{{Hex}}","need":[{{many}}]}""");

        Assert.Equal([new(4, 6)], read!.Need);
        Assert.Equal(Ack.MostRanges, cut!.Need.Count);
    }

    [Fact]
    public void A_long_payload_is_not_even_read()
    {
        var padding = new string(' ', Ack.Longest);

        Assert.Null(Parse($$"""{"v":1,"epoch":"e","upto":3,"hash":"{{Hex}}"}{{padding}}"""));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var deep = new string('[', 1000) + new string(']', 1000);

        Assert.Null(Parse($$"""{"v":1,"epoch":"e","upto":3,"hash":"{{Hex}}","need":{{deep}}}"""));
    }

    [Fact]
    public void No_damage_to_a_payload_gets_past_the_parser_as_an_exception()
    {
        var good = new Ack("00000000000000e1", 77, new byte[32], [new(78, 90), new(95, 99)]).Write();
        var random = new Random(1);
        var accepted = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = good.AsSpan(0, random.Next(4) == 0 ? random.Next(good.Length + 1) : good.Length).ToArray();
            for (var damage = random.Next(4); damage > 0 && bytes.Length > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            if (Ack.Parse(bytes) is { } ack)
            {
                accepted++;
                Assert.Equal(32, ack.Hash.Length);
                Assert.InRange(ack.Need.Count, 0, Ack.MostRanges);
                Assert.All(ack.Need, r => Assert.True(r.From >= 1 && r.From <= r.To));
            }
        }

        Assert.InRange(accepted, 1000, 49_000);
    }

    static Ack? Parse(string text) => Ack.Parse(Encoding.UTF8.GetBytes(text));
}
