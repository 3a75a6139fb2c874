using System.Globalization;
using Terminal.Payments;

namespace Terminal.Panel.Words;

/// <summary>Words for the cashier in every language that an ECR can ask for.</summary>
sealed record Phrase(string English, string German)
{
    public string In(Language language) => language == Language.German ? German : English;

    /// <summary>A text that is the same in every language.</summary>
    public static Phrase Same(string text) => new(text, text);

    /// <summary>The same words, followed by a text that is the same in every language.</summary>
    public Phrase With(string more) => new(English + more, German + more);

    /// <summary>Local date and time to the minute, followed by a blank.</summary>
    public static Phrase At(DateTimeOffset local) => new(
        local.ToString("yyyy-MM-dd HH:mm ", CultureInfo.InvariantCulture),
        local.ToString("dd.MM.yyyy HH:mm ", CultureInfo.InvariantCulture));

    /// <summary>The amount with its currency and the language's decimal sign; may be negative.</summary>
    public static Phrase Of(Money money) => Same($"{money.Currency.Code} ") + Bare(money);

    /// <summary>The amount without its currency.</summary>
    public static Phrase Bare(Money money)
    {
        var positive = (money with { Minor = Math.Abs(money.Minor) }).ToString()[(money.Currency.Code.Length + 1)..];
        var text = (money.Minor < 0 ? "-" : "") + positive;
        return new(text, text.Replace('.', ','));
    }

    public static Phrase operator +(Phrase one, Phrase next) =>
        new(one.English + next.English, one.German + next.German);
}
