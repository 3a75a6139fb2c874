using Terminal.Ecr.Messages;

namespace Terminal.Tests.Ecr.Messages;

public sealed class MessageTests
{
    [Theory]
    [InlineData(0, "060F00")]
    [InlineData(254, "060FFE")]
    [InlineData(255, "060FFFFF00")]
    [InlineData(0x28E, "060FFF8E02")]
    public void The_length_of_an_APDU_is_one_byte_or_FF_and_two_low_first(int length, string head)
    {
        var apdu = new Apdu(0x060F, new byte[length]);
        Assert.Equal(head + new string('0', length * 2), Hex.Of(apdu.ToBytes()));
        Assert.Equal(length, Apdu.Read(apdu.ToBytes())?.Data.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("8000")]
    [InlineData("800001")]
    [InlineData("80000000")]
    [InlineData("8000FF")]
    [InlineData("8000FF0100")]
    public void Bytes_that_are_not_exactly_one_APDU_are_none(string hex) => Assert.Null(Apdu.Read(Hex.Bytes(hex)));

    [Fact]
    public void The_fields_of_a_real_status_information_are_read()
    {
        var fields = Fields.Read(Hex.Bytes(
            "276C04000000001200490978 0C113339 0D0817 22F0F0 0B000000 1960 2952500295 8BF0F100"));
        Assert.Equal(FieldFault.None, fields.Fault);
        Assert.Equal(10, fields.All.Count);
        Assert.Equal(1200, Bcd.Read(fields.Get(Bmp.Amount)!.Value.Span));
        Assert.Equal(0, fields.Get(Bmp.Pan)!.Value.Length);
        Assert.Equal("52500295", Hex.Of(fields.Get(Bmp.TerminalId)!.Value.Span));
    }

    [Theory]
    [InlineData("0400", true)]
    [InlineData("22F0FA", true)]
    [InlineData("22F0", true)]
    [InlineData("22F0F101 22F0F101", true)]
    [InlineData("0680", true)]
    [InlineData("0683", true)]
    [InlineData("068102 00", true)]
    [InlineData("0688", true)]
    [InlineData("FF00", false)]
    public void Fields_that_cannot_be_read_to_the_last_byte_are_a_fault(string hex, bool isMalformed) =>
        Assert.Equal(isMalformed ? FieldFault.Malformed : FieldFault.Unknown, Fields.Read(Hex.Bytes(hex)).Fault);

    [Fact]
    public void Fields_are_written_as_the_table_says()
    {
        var data = new FieldWriter().Raw(Bmp.Result, 0).Number(Bmp.Amount, 12345, 6).LlVar(Bmp.Pan, Hex.Bytes("62FF"))
            .LllVar(Bmp.Text, "a?"u8).Raw(Bmp.Tlv).Raw(Tlv.WriteContainer([new(0x1F2D, new byte[] { 2 })])).ToBytes();
        Assert.Equal("2700 04000000012345 22F0F262FF 3CF0F0F2613F 06041F2D0102".Replace(" ", ""), Hex.Of(data));
    }

    [Theory]
    [InlineData(0x07, 3, "0703")]
    [InlineData(0x1F2D, 0x80, "1F2D8180")]
    [InlineData(0x1F8006, 0x28A, "1F800682028A")]
    public void Data_objects_keep_tag_and_length(int tag, int length, string head)
    {
        var bytes = new Tlv(tag, new byte[length]).ToBytes();
        Assert.StartsWith(head, Hex.Of(bytes), StringComparison.Ordinal);
        var read = Assert.Single(Tlv.ReadAll(bytes)!);
        Assert.Equal((tag, length), (read.Tag, read.Value.Length));
    }

    [Theory]
    [InlineData("1F")]
    [InlineData("1F808080 00")]
    [InlineData("07")]
    [InlineData("0780")]
    [InlineData("078402")]
    [InlineData("0702 00")]
    public void Broken_data_objects_are_none(string hex) => Assert.Null(Tlv.ReadAll(Hex.Bytes(hex)));

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(2);
        byte[] likely = [0x06, 0x22, 0x3C, 0xF0, 0xF1, 0x1F, 0x80, 0x81, 0x82, 0x04];
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(24)];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = random.Next(2) == 0 ? likely[random.Next(likely.Length)] : (byte)random.Next(256);
            }
            var fields = Fields.Read(bytes);
            Assert.True(fields.All.Sum(f => f.Value.Length) <= bytes.Length);
            Assert.True(Tlv.ReadAll(bytes) is not { Count: > 0 } tlvs || tlvs.Sum(t => t.Value.Length) < bytes.Length);
            Assert.True(Apdu.Read(bytes) is not { } apdu || apdu.ToBytes().Length <= bytes.Length);
        }
    }

    [Theory]
    [InlineData("6212345F", "6212345")]
    [InlineData("62123450", "62123450")]
    [InlineData("6212EE45", null)]
    [InlineData("62F1", null)]
    public void Digits_are_read_strictly(string hex, string? digits)
    {
        var read = new byte[hex.Length];
        var count = Bcd.ReadDigits(Hex.Bytes(hex), read);
        Assert.Equal(digits, count is { } n ? System.Text.Encoding.ASCII.GetString(read, 0, n) : null);
    }
}
