using Sandbox.Scanner;
using Terminal.Scanner;

namespace Terminal.Tests.Scanner;

public sealed class CardNumberTests
{
    /// <summary>The edges of each scheme's numbers, inside and just outside of what it has.</summary>
    [Theory]
    [InlineData("100000000000000", "UATP")]
    [InlineData("1946000000000000", "GPN")]
    [InlineData("201400000000000", "Diners enRoute")]
    [InlineData("214900000000000", "Diners enRoute")]
    [InlineData("180000000000000", "UATP", "JCB")]
    [InlineData("213100000000000", "JCB")]
    [InlineData("2200000000000000", "Mir")]
    [InlineData("2204999999999999999", "Mir")]
    [InlineData("2205000000000000", "Borica")]
    [InlineData("2221000000000000", "Mastercard")]
    [InlineData("2720999999999999", "Mastercard")]
    [InlineData("30000000000000", "Diners Club")]
    [InlineData("3059999999999999999", "Diners Club")]
    [InlineData("3095000000000000", "Diners Club")]
    [InlineData("3100000000000000000", "China T-Union")]
    [InlineData("340000000000000", "American Express")]
    [InlineData("3528000000000000", "JCB")]
    [InlineData("3530000000000000", "RuPay and JCB", "JCB")]
    [InlineData("3589999999999999999", "JCB")]
    [InlineData("36000000000000", "Diners Club")]
    [InlineData("370000000000000", "American Express")]
    [InlineData("3999999999999999", "Diners Club")]
    [InlineData("4000000000000", "Visa")]
    [InlineData("4999999999999999999", "Visa")]
    [InlineData("500000000000", "Maestro")]
    [InlineData("5078000000000000", "Maestro")] // Meeza
    [InlineData("5100000000000000", "Mastercard")]
    [InlineData("5599999999999999", "Mastercard")]
    [InlineData("5614000000000000", "Uzcard", "Maestro")]
    [InlineData("560000000000", "Maestro")]
    [InlineData("5999999999999999999", "Maestro")]
    [InlineData("6011000000000000", "RuPay and Discover", "Maestro, girocard")]
    [InlineData("6200000000000000", "UnionPay", "Maestro, girocard")]
    [InlineData("6299999999999999999", "UnionPay", "Maestro, girocard")]
    [InlineData("6440000000000000", "Discover", "Maestro, girocard")]
    [InlineData("6599999999999999", "Discover", "Maestro, girocard")]
    [InlineData("600000000000", "RuPay and Discover", "Maestro, girocard")]
    [InlineData("6725900000000000000", "Maestro, girocard")]
    [InlineData("6999999999999999999", "Maestro, girocard")]
    [InlineData("7043000000000000", "Fuel and fleet cards")]
    [InlineData("8171999999999999", "UnionPay and RuPay")]
    [InlineData("8200000000000000", "UnionPay and RuPay")]
    [InlineData("8600000000000000", "Uzcard")]
    [InlineData("869900000000000", "Voyager")]
    [InlineData("9792000000000000", "National schemes")] // Troy
    [InlineData("9112000000000000", "National schemes")] // Belkart
    public void A_number_that_a_scheme_can_have_could_be_a_cards(string digits, params string[] schemes)
    {
        var number = Codes.Bytes(digits);
        Assert.Equal(schemes, CardRange.All.Where(range => range.Has(number)).Select(range => range.Scheme));
        Assert.True(CardNumber.CanBe(number));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000")]
    [InlineData("1000000000000000")]
    [InlineData("134567890123456789")] // WeChat
    [InlineData("2199999999999999")]
    [InlineData("2206000000000000")]
    [InlineData("2220999999999999")]
    [InlineData("2721000000000000")]
    [InlineData("222100000000000000")]
    [InlineData("281234567890123456")] // Alipay
    [InlineData("2999999999999999999")]
    [InlineData("306000000000000000")]
    [InlineData("400000000000")]
    [InlineData("51000000000000000")]
    [InlineData("340000000000000000")]
    [InlineData("62000000000000000000")]
    [InlineData("8000000000000000")]
    [InlineData("411111111111111x")]
    public void What_no_scheme_has_is_no_cards(string digits) => Assert.False(CardNumber.CanBe(Codes.Bytes(digits)));

    [Fact]
    public void Every_scheme_has_a_number_at_each_of_its_edges()
    {
        foreach (var range in CardRange.All)
        {
            Assert.Equal(range.Low.Length, range.High.Length);
            Assert.InRange(range.Longest, range.Shortest, 19);
            Assert.True(range.Has(Codes.Bytes(range.Low.PadRight(range.Shortest, '0'))), range.ToString());
            Assert.True(range.Has(Codes.Bytes(range.High.PadRight(range.Longest, '9'))), range.ToString());
            Assert.False(range.Has(Codes.Bytes(range.Low.PadRight(range.Shortest - 1, '0'))), range.ToString());
            Assert.False(range.Has(Codes.Bytes(range.High.PadRight(range.Longest + 1, '9'))), range.ToString());
        }
    }
}
