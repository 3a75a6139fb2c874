using Terminal.Ecr.Blocks;
using Terminal.Payments;

namespace Terminal.Tests.Ecr.Blocks;

public sealed class FrameTests
{
    static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(200);

    public static TheoryData<string, string> Vectors => new()
    {
        { "800000", "1002800000 1003F51F" },
        { "849C00", "1002849C00 1003C341" },
        { "848300", "1002848300 1003918E" },
        { "846600", "1002846600 10038DBE" },
        { "060006123456BA0978", "1002060006123456BA0978 100324C3" },
        { "06010A04000000011000490978", "100206010A0400000001101000490978 1003F2FF" },
        { "06010704000000001000", "1002060107040000000010 1000 10036291" },
        { "069303123456", "1002069303123456 1003CAA4" },
        { "067000", "1002067000 1003D9F9" },
        { "061800", "1002061800 1003563A" },
        { "050103123456", "1002050103123456 1003E043" },
        { "0501051234560304", "10020501051234560304 10033094" },
        { "060F0BF0F0F7322E31342E313500", "1002060F0BF0F0F7322E31342E313500 1003B111" },
        { "060F00", "1002060F00 1003C633" },
        { "061E016C", "1002061E016C 1003C9F2" },
        { "04FF010A", "100204FF010A 1003F57D" },
        { "060200", "1002060200 1003B9CC" },
        { "06B000", "100206B000 100343F3" },
        // The length byte is a DLE; the CRC holds an ETX; the CRC ends in a lone DLE.
        { "060010000000B6097803010606260 40A0206D3", "10020600101000 0000B6097803010606260 40A0206D31003B431" },
        { "06010704000000000107", "100206010704000000000107 10032303" },
        { "06010704000000000059", "100206010704000000000059 10031810" },
        { "06011E0400000000123449097822F0F9281234567890123456 8A6106041F2D0102",
            "100206011E0400000000123449097822F0F9281234567890123456 8A6106041F2D0102 1003ED95" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_block_is_written_and_read_as_recorded(string apdu, string block)
    {
        Assert.Equal(Hex.Bytes(block), Frame.Encode(Hex.Bytes(apdu)));
        Assert.Equal(apdu.Replace(" ", ""), Hex.Of(Assert.Single(BlocksIn(Hex.Bytes(block)))));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_block_with_one_wrong_byte_is_never_taken_for_another(string apdu, string block)
    {
        var good = Hex.Bytes(block);
        for (var at = 0; at < good.Length; at++)
        {
            for (var flip = 1; flip < 256; flip++)
            {
                var bad = good.ToArray();
                bad[at] ^= (byte)flip;
                Assert.DoesNotContain(BlocksIn(bad), b => Hex.Of(b) != apdu);
            }
        }
    }

    [Fact]
    public void Noise_before_a_block_is_skipped_without_a_NAK()
    {
        var received = Decode(Hex.Bytes("00 FF 10 10 33 1002 800000 1003F51F"));
        Assert.IsType<Received.Block>(Assert.Single(received));
    }

    [Fact]
    public void ACK_and_NAK_are_seen_between_blocks_only()
    {
        var received = Decode(Hex.Bytes("06 1002 06B000 100343F3 15"));
        Assert.Collection(
            received,
            r => Assert.IsType<Received.Ack>(r),
            r => Assert.IsType<Received.Block>(r),
            r => Assert.IsType<Received.Nak>(r));
    }

    [Theory]
    [InlineData("1002 800000 1003F51E", true)]
    [InlineData("1002 8000", false)]
    [InlineData("1002 8000 1007 00 06 15", false)]
    public void A_spoiled_block_is_broken_once(string bytes, bool atOnce)
    {
        var decoder = new FrameDecoder(Gap);
        var pushed = Hex.Bytes(bytes).Select(b => decoder.Push(b, default)).OfType<Received>().ToList();
        Assert.Equal(atOnce ? 1 : 0, pushed.Count);
        var late = decoder.TimePassed(new Moment(0) + Gap);
        Assert.IsType<Received.Broken>(atOnce ? pushed[0] : late);
        Assert.Null(decoder.TimePassed(Moment.Never));
    }

    [Fact]
    public void A_block_without_end_is_given_up_and_the_next_one_is_read()
    {
        var decoder = new FrameDecoder(Gap);
        byte[] endless = [Frame.Dle, Frame.Stx, .. new byte[100_000]];
        Assert.All(endless, b => Assert.Null(decoder.Push(b, default)));
        Assert.IsType<Received.Broken>(decoder.TimePassed(new Moment(0) + Gap));
        var after = Frame.Encode(Hex.Bytes("800000")).Select(b => decoder.Push(b, default)).OfType<Received>();
        Assert.IsType<Received.Block>(Assert.Single(after));
    }

    [Fact]
    public void Random_bytes_never_throw_and_always_let_the_next_block_through()
    {
        var random = new Random(1);
        byte[] likely = [0x10, 0x02, 0x03, 0x06, 0x15, 0x10];
        for (var round = 0; round < 2_000; round++)
        {
            var decoder = new FrameDecoder(Gap);
            for (var i = 0; i < 50; i++)
            {
                decoder.Push(random.Next(2) == 0 ? likely[random.Next(6)] : (byte)random.Next(256), default);
            }
            decoder.TimePassed(new Moment(0) + Gap);
            var after = Frame.Encode(Hex.Bytes("800000")).Select(b => decoder.Push(b, default)).OfType<Received>();
            Assert.Equal("800000", Hex.Of(Assert.IsType<Received.Block>(after.Last()).Apdu));
        }
    }

    static List<Received> Decode(byte[] bytes)
    {
        var decoder = new FrameDecoder(Gap);
        var received = bytes.Select(b => decoder.Push(b, default)).OfType<Received>().ToList();
        if (decoder.TimePassed(Moment.Never) is { } last)
        {
            received.Add(last);
        }
        return received;
    }

    static IEnumerable<byte[]> BlocksIn(byte[] bytes) => Decode(bytes).OfType<Received.Block>().Select(b => b.Apdu);
}
