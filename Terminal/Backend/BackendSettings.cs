using System.Net;
using Terminal.Device;

namespace Terminal.Backend;

/// <summary>How this terminal reaches the head office's broker.</summary>
/// <param name="TerminalId">
/// Client id and topic level; the same as the certificate's common name. Letters, digits, '-' and '_', at most 32.
/// </param>
sealed record BackendSettings(string Host, int Port, string TerminalId)
{
    public BackendTls? Tls { get; init; }
    public string? User { get; init; }

    /// <summary>
    /// The password is the file's first line. It is read at every connect, so the file may be replaced at any time.
    /// </summary>
    public string? PasswordFile { get; init; }

    /// <summary>At least 5 s. A dead line is noticed within twice this time.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    public static BackendSettings Read(SettingsSection section, string terminalId)
    {
        var tls = section.Section("tls");
        var settings = new BackendSettings(
            section.Text("host"), section.Number("port", section.Has("tls") ? 8883 : 1883, 1, 65535), terminalId)
        {
            Tls = section.Has("tls")
                ? new(tls.OptionalFile("ca"), tls.OptionalFile("certificate"), tls.OptionalFile("key"))
                : null,
            User = section.Optional("user"),
            PasswordFile = section.OptionalFile("passwordFile"),
            KeepAlive = TimeSpan.FromSeconds(section.Number("keepAliveSeconds", 30, 5, 600)),
        };
        tls.End();
        section.End();
        return settings is { PasswordFile: not null, Tls: null, IsOnThisMachine: false }
            ? throw new SettingsException(
                "backend.passwordFile", $"given without \"tls\", so anybody on the way to {settings.Host} reads it",
                "\"tls\" beside it, or a broker on this machine")
            : settings;
    }

    bool IsOnThisMachine =>
        Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <exception cref="SettingsException">A file needed by every connection cannot be used.</exception>
    public void Check()
    {
        Tls?.Load();
        try
        {
            _ = Password();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException("backend.passwordFile", $"{PasswordFile} ({e.Message})", "a readable file");
        }
    }

    /// <summary>The password in bytes, because MQTT does not say how it is encoded; null: there is none.</summary>
    internal byte[]? Password()
    {
        if (PasswordFile is null)
        {
            return null;
        }
        ReadOnlySpan<byte> line = File.ReadAllBytes(PasswordFile);
        line = line.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
        return line.IndexOfAny((byte)'\r', (byte)'\n') is var end and >= 0 ? line[..end].ToArray() : line.ToArray();
    }

    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];
}
