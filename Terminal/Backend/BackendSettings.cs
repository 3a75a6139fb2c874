using System.Net;
using Terminal.Device;

namespace Terminal.Backend;

/// <summary>How this terminal reaches the head office's broker.</summary>
/// <param name="TerminalId">
/// Client id and topic level; equals the certificate's common name. Letters, digits, '-' and '_', at most 32.
/// </param>
sealed record BackendSettings(string Host, int Port, string TerminalId)
{
    public BackendTls? Tls { get; init; }
    public string? User { get; init; }

    /// <summary>The password is its first line; read at every connect, so it may be replaced while we run.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>From 5 s on. A dead line is found within twice of it.</summary>
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

    /// <exception cref="SettingsException">A file that every connection needs cannot be used.</exception>
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

    /// <summary>As bytes, for a password has no encoding; null: none.</summary>
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
