namespace Terminal.Scanner;

/// <summary>The wallet of a code, and how the ECR is told about it.</summary>
/// <param name="Wallet">Lower-case name, as in the settings and the logs.</param>
/// <param name="CardType">ZVT card-type id: BMP 8A, or TLV 41 from 255 on; null where the ZVT list has none.</param>
sealed record CodeKind(string Wallet, int? CardType)
{
    public static readonly CodeKind Alipay = new("alipay", 97);
    public static readonly CodeKind WeChat = new("wechat", 261);
    public static readonly CodeKind UnionPay = new("unionpay", 198);
    public static readonly CodeKind BlueCode = new("bluecode", 260);

    /// <summary>A customer-presented EMV QR code; it may hold a card number and a name.</summary>
    public static readonly CodeKind EmvCpm = new("emv-cpm", null);

    /// <summary>No payment code: a product, a coupon, a damaged scan.</summary>
    public static readonly CodeKind Other = new("other", null);

    public static readonly IReadOnlyList<CodeKind> Named = [Alipay, WeChat, UnionPay, BlueCode];
}
