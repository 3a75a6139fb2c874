namespace Terminal.Ecr.Messages;

/// <summary>The TLV tags that we read or write (PA00P015 chapter 9).</summary>
static class Tag
{
    public const int TextLine = 0x07, Attribute = 0x09, ZvtCommand = 0x0A, MerchantDisplay = 0x10, PrinterWidth = 0x12,
        CharacterSet = 0x14, LanguageCode = 0x15, MaxApdu = 0x1A, DisplayTexts = 0x24, PrintTexts = 0x25,
        PermittedCommands = 0x26, CharacterSets = 0x27, Languages = 0x28, CardType = 0x41,
        Barcode = 0xE3, ReceiptParameter = 0x1F04, ReceiptType = 0x1F07, ErrorCode = 0x1F16,
        ErrorText = 0x1F17, MirroredReceipt = 0x1F1F, CardDataInput = 0x1F2D, BarcodeType = 0x1F2E,
        BarcodeText = 0x1F2F, TagsRecognised = 0x1F71, MessageNumber = 0x1F73;

    /// <summary>The tags that we evaluate in a command, as listed in TLV 1F71.</summary>
    public static readonly int[] Recognised =
        [LanguageCode, CardType, Barcode, ReceiptParameter, MirroredReceipt, CardDataInput, BarcodeType, BarcodeText];
}
