using Terminal.Panel;

namespace Terminal.Ecr;

/// <summary>Words for the cashier in every language that an ECR can ask for.</summary>
public sealed record Phrase(string English, string German)
{
    public string In(Language language) => language == Language.German ? German : English;

    /// <summary>The same words followed by something that no language changes.</summary>
    public Phrase With(string more) => new(English + more, German + more);

    public static Phrase operator +(Phrase one, Phrase next) =>
        new(one.English + next.English, one.German + next.German);
}
