using Sandbox.Fuzz;

namespace Terminal.Tests.Fuzz;

/// <summary>The reader that the terminal is measured by, measured by hand.</summary>
public sealed class StrictReaderTests
{
    const string Amount = "04000000001234", Numeric = "22F0F9281234567890123456", Barcode = "06041F2D0102";

    [Theory]
    [InlineData(Amount, null)]
    [InlineData(Amount + "490978" + Numeric + Barcode, "281234567890123456")]
    [InlineData(Amount + Numeric, "281234567890123456")]
    [InlineData(Amount + "22F1F06212345678901234567F" + Barcode, "6212345678901234567")]
    [InlineData(Amount + "22F1F062123456789012345678", "62123456789012345678")]
    [InlineData(Amount + "2DF0F3414243" + Barcode, "ABC")]
    [InlineData(Amount + "060CE30A1F2F034142431F2E010A", "ABC")]
    public void Reads_an_order(string data, string? code) =>
        Assert.Equal(new StrictOrder(0x0601, 1234, code), Read("0601", data));

    [Theory]
    [InlineData("")]
    [InlineData("04000000000000")]
    [InlineData("0400000000123A")]
    [InlineData("04000001000001")]
    [InlineData(Amount + "490840")]
    [InlineData(Amount + Amount)]
    [InlineData(Amount + "FF")]
    [InlineData(Amount + "2204")]
    [InlineData(Amount + Barcode)]
    [InlineData(Amount + Numeric + "2DF0F3414243" + Barcode)]
    [InlineData(Amount + "22F0F8421234567890123F0E2512")]
    [InlineData(Amount + "22F1F06212345678901234567F")]
    [InlineData(Amount + "22F0F82720123456789010")]
    [InlineData(Amount + "22F0F84111111111111111" + Barcode)]
    [InlineData(Amount + Numeric + "0E2512" + Barcode)]
    [InlineData(Amount + "06081F2D01021F2D0102" + Numeric)]
    [InlineData(Amount + "2DF0F3410042" + Barcode)]
    [InlineData(Amount + "06821F2D")]
    public void Everything_else_moves_no_money(string data) => Assert.Null(Read("0601", data));

    [Fact]
    public void Reads_reversal_and_refund()
    {
        Assert.Equal(new StrictOrder(0x0630, null, null, 12), Read("0630", "000000870012"));
        Assert.Equal(new StrictOrder(0x0631, 500, null, 3), Read("0631", "00000004000000000500870003"));
        Assert.Null(Read("0630", "00000004000000000500"));
        Assert.Null(Read("0631", "000000870003"));
    }

    [Fact]
    public void Blocks_are_found_by_their_check()
    {
        var stream = Convert.FromHexString("06100205010312345610 03e04310020501031234561003e044".Replace(" ", ""));

        Assert.Equal("050103123456", Convert.ToHexString(Assert.Single(StrictFrames.Blocks(stream))));
    }

    static StrictOrder? Read(string header, string data) => StrictReader.Read(
        Blocks.Message(Convert.FromHexString(header), Convert.FromHexString(data)));
}
