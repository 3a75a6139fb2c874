using Terminal.Payments;

namespace Terminal.Tests.Payments;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(0, 2, "XXX 0.00")]
    [InlineData(7, 2, "XXX 0.07")]
    [InlineData(150, 2, "XXX 1.50")]
    [InlineData(-150, 2, "XXX -1.50")]
    [InlineData(-7, 2, "XXX -0.07")]
    [InlineData(-1500, 0, "XXX -1500")]
    [InlineData(1234, 3, "XXX 1.234")]
    [InlineData(long.MinValue, 2, "XXX -92233720368547758.08")]
    public void An_amount_is_written_with_its_currency_and_one_sign(long minor, int decimals, string text) =>
        Assert.Equal(text, new Money(minor, new("XXX", 999, decimals)).ToString());
}
