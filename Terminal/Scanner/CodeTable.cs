using Terminal.Device;

namespace Terminal.Scanner;

/// <summary>
/// Finds the wallet of a code, scanned here or passed on by the till. The first rule that fits decides.
/// </summary>
sealed class CodeTable(IReadOnlyList<CodeRule> rules)
{
    const int MostRules = 32;

    static readonly CodeRule[] BuiltIn =
    [
        CodeRule.Parse(CodeKind.Alipay, "16-24", "25-30")!,
        CodeRule.Parse(CodeKind.WeChat, "18", "10-15,160")!,
        CodeRule.Parse(CodeKind.UnionPay, "19-20", "62")!,
    ];

    public static readonly CodeTable Default = new(BuiltIn);

    /// <param name="settings">
    /// One object per wallet, by name: <c>"bluecode": { "digits": "20", "prefixes": "988", "cardType": 260 }</c>. These
    /// rules come before the built-in ones, and replace a built-in rule of the same name.
    /// </param>
    public static CodeTable From(SettingsSection settings)
    {
        var given = settings.Keys.ToArray();
        if (given.Length > MostRules)
        {
            throw new SettingsException("wallets", $"{given.Length} of them", $"at most {MostRules}");
        }
        var own = given.Select(wallet => Rule(wallet, settings.Section(wallet))).ToArray();
        settings.End();
        return new([.. own, .. BuiltIn.Where(rule => !given.Contains(rule.Kind.Wallet))]);
    }

    public CodeKind Classify(ReadOnlySpan<byte> text) =>
        Rule(text)?.Kind ?? (EmvCpm.Aid(text) is null ? CodeKind.Other : CodeKind.EmvCpm);

    /// <summary>
    /// Whether a text from a till is a card's, as far as we can tell. Cashiers key in card numbers. Without the till's
    /// word that the text comes from a bar code, everything counts as a card that belongs to no wallet or that a card
    /// could have. With it, only a text counts that belongs to no wallet and is a card's down to its check digit.
    /// </summary>
    public bool IsCard(ReadOnlySpan<byte> text, bool isFromBarcode) => isFromBarcode
        ? CardNumber.Is(text) && Classify(text) == CodeKind.Other
        : Rule(text) is not { NeedsFlag: false } || CardNumber.CanBe(text);

    /// <summary>Whether the code's wallet returns payments only as a whole.</summary>
    public bool IsIndivisible(ReadOnlySpan<byte> text) => Rule(text) is { IsIndivisible: true };

    CodeRule? Rule(ReadOnlySpan<byte> text)
    {
        foreach (var rule in rules)
        {
            if (rule.Matches(text))
            {
                return rule;
            }
        }
        return null;
    }

    static CodeRule Rule(string wallet, SettingsSection settings)
    {
        var known = CodeKind.Named.FirstOrDefault(kind => kind.Wallet == wallet);
        var type = settings.Number("cardType", known?.CardType ?? 0, 0, 0xFFFF);
        var digits = settings.Text("digits");
        var prefixes = settings.Text("prefixes");
        var needsFlag = settings.Flag("needsFlag", false);
        var isDivisible = settings.Flag("partialRefund", true);
        settings.End();
        var kind = new CodeKind(wallet, type == 0 ? null : type);
        return CodeRule.Parse(kind, digits, prefixes, (needsFlag, !isDivisible)) ?? throw new SettingsException(
            $"wallets.{wallet}", $"digits \"{digits}\", prefixes \"{prefixes}\"",
            "digits like \"18\" or \"16-24\" (8 to 64), prefixes like \"62\" or \"10-15,160\"");
    }
}
