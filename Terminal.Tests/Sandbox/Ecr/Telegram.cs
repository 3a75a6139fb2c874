namespace Sandbox.Ecr;

/// <summary>One message: class and instruction as one number (0x0601), and its data.</summary>
sealed record Telegram(int Command, byte[] Data)
{
    public static readonly Telegram Yes = new(0x8000, []);

    public bool IsAnswer => Command >> 8 is 0x80 or 0x84;

    public bool IsPositive => Command is 0x8000 or 0x8400;

    public static Telegram Of(int command, string hex = "") => new(command, Octets.Parse(hex));

    public static Telegram No(byte code) => new(0x8400 | code, []);

    /// <summary>Null unless the bytes are exactly one message.</summary>
    public static Telegram? Read(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [var c, var i, 0xFF, var low, var high, .. var data] when data.Length == (low | high << 8) =>
            new(c << 8 | i, data.ToArray()),
        [var c, var i, not 0xFF and var length, .. var data] when data.Length == length =>
            new(c << 8 | i, data.ToArray()),
        _ => null,
    };

    public byte[] ToBytes() =>
    [
        (byte)(Command >> 8), (byte)(Command & 0xFF),
        .. Data.Length < 0xFF
            ? [(byte)Data.Length]
            : new byte[] { 0xFF, (byte)(Data.Length & 0xFF), (byte)(Data.Length >> 8) },
        .. Data,
    ];

    public override string ToString() => Octets.Show(ToBytes());
}
