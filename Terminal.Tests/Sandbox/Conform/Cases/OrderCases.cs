using Sandbox.Ecr;
using static Sandbox.Ecr.Orders;

namespace Sandbox.Conform.Cases;

/// <summary>06 01 read to its last byte: an order that is not exactly right moves no money.</summary>
static class OrderCases
{
    const string Good = "22 F0F9 281234567890123456";
    const string Correct = "Correct the message. Nothing was charged; the code is still good.";

    static readonly string Price = Amount(1250);

    public static IEnumerable<Case> All =>
    [
        Refused("no amount", $"{Good} {FromBarcode}"),
        Refused("an amount of zero", $"{Amount(0)} {Good} {FromBarcode}"),
        Refused("an amount with a nibble above 9", $"04 00000000125A {Good} {FromBarcode}"),
        Refused("an amount that is cut off", "04 0000000012"),
        Refused("the amount twice", $"{Price} {Price} {Good} {FromBarcode}"),
        Refused("two amounts that differ", $"{Price} {Good} {FromBarcode} {Amount(1)}"),
        Refused("the currency twice", $"{Price} {Euro} {Euro} {Good} {FromBarcode}"),
        Refused("the code twice", $"{Price} {Good} {Good} {FromBarcode}"),
        Refused("two code sources", $"{Price} {Good} {Characters("ABCD")} {FromBarcode}"),
        Refused("the code and a track 2", $"{Price} {Good} 23 F0F2 1234 {FromBarcode}"),
        Refused("\"from barcode\" without any code", $"{Price} {FromBarcode}"),
        Refused("\"from barcode\" twice", $"{Price} {Good} 06 08 1F2D 01 02 1F2D 01 02"),
        Refused("\"from barcode\" of two bytes", $"{Price} {Good} 06 05 1F2D 02 0202"),
        Refused("an empty code", $"{Price} 22 F0F0 {FromBarcode}"),
        Refused("a code with a nibble above 9", $"{Price} 22 F0F9 28123456789012345E {FromBarcode}"),
        Refused("a code of characters that no code has", $"{Price} 2D F0F3 410A42 {FromBarcode}"),
        Refused("a length that is no decimal digit", $"{Price} 22 F0FA 28123456789012345600 {FromBarcode}"),
        Refused("a length beyond the end", $"{Price} 22 F1F9 281234567890123456"),
        Refused("a container beyond the end", $"{Price} {Good} 06 09 1F2D 01 02"),
        Refused("a tag that is cut off", $"{Price} {Good} 06 01 1F"),
        Refused("a container length of the kind that is reserved", $"{Price} {Good} 06 83 000000"),
        Refused("half a field at the end", $"{Price} {Good} {FromBarcode} 49 09"),
        Refused("a field that nobody knows", $"{Price} {Good} {FromBarcode} EE 00", 0x8483),
        Refused("another currency", $"{Price} 49 0840 {Good} {FromBarcode}", 0x846F),
        Refused("a currency that is no number", $"{Price} 49 0A78 {Good} {FromBarcode}", 0x846F),
        Declined("an amount above the limit", 0xC3, $"{Amount(999_999_999_999)} {Good} {FromBarcode}"),
        Declined("a card number, keyed", 0xC5, $"{Price} 22 F0F8 4111111111111111 0E 2712"),
        Declined("a card number without expiry", 0xC5, $"{Price} 22 F0F8 4111111111111111"),
        Declined("a card number that could be an Alipay code", 0xC5, $"{Price} 22 F0F8 2720123456789010"),
        Declined("a card number that could be a UnionPay code", 0xC5, $"{Price} 22 F1F0 6228480012345678903F"),
        Declined("a card that was read from its stripe", 0xC5, $"{Price} 23 F0F4 4111D271 06 04 1F2D 01 00"),
        Declined("a wallet code with an expiry date", 0xC5, $"{Price} 0E 2712 {Good}"),
    ];

    static Case Refused(string what, string data, int answer = 0x849A) => new(
        $"order: {what} is refused", Needs.Nothing, Correct, p =>
        {
            p.Ask(0x0601, data).MustBe(answer);
            p.NothingFollows();
            p.MustBeReady();
            p.MustBeCharged("281234567890123456", 0);
        });

    static Case Declined(string what, byte code, string data) => new($"order: {what} is declined", Needs.Nothing,
        "Show the text of 3C; offer another way to pay. Nothing was charged.", p =>
        {
            p.Run(Telegram.Of(0x0601, data)).MustEnd(code);
            p.MustBeReady();
        });
}
