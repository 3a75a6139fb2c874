using System.Globalization;
using System.Text.Json;
using Terminal.Payments;

namespace Terminal.Acquirer;

/// <summary>The fields of a response. A missing field, or one of the wrong type, reads as empty.</summary>
readonly struct AmsReply(JsonElement root)
{
    const int LongestWord = 64;

    /// <summary>S, F, U, or empty.</summary>
    public string Status => Result("resultStatus");

    public string Code => AsCode(Result("resultCode"));

    /// <summary>
    /// Only capitals, digits and underscores, so that no payment code reaches a log as a result code.
    /// </summary>
    public string ResultCode(string name) => AsCode(Text(name));

    public string Text(string name) => Text(root, name);

    /// <summary>A text of at most 64 printable ASCII characters without blanks; anything else reads as empty.</summary>
    public string Word(string name) => AsWord(Text(name));

    /// <summary>Null if the amount is missing or is not plain digits. Another currency never equals ours.</summary>
    public Money? Amount(string name, Currency ours)
    {
        if (Member(root, name) is not { } amount
            || !long.TryParse(Text(amount, "value"), NumberStyles.None, null, out var minor))
        {
            return null;
        }
        var code = AsWord(Text(amount, "currency"));
        return new(minor, code == ours.Code ? ours : new(code, 0, 0));
    }

    string Result(string name) => Member(root, "result") is { } result ? Text(result, name) : "";

    static string AsCode(string text) =>
        text.Length is > 0 and <= LongestWord && char.IsAsciiLetterUpper(text[0])
        && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')
            ? text
            : "";

    static string AsWord(string text) => text.Length <= LongestWord && text.All(c => c is > ' ' and <= '~') ? text : "";

    static string Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } e ? e.GetString()! : "";

    static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
}
