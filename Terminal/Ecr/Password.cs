namespace Terminal.Ecr;

/// <summary>The six digits in front of many commands; most registers send a constant.</summary>
static class Password
{
    public static bool IsRight(ReadOnlySpan<byte> bcd, EcrSettings settings) =>
        settings.Password is null || Convert.ToHexString(bcd) == settings.Password;
}
