namespace Terminal.Backend;

/// <summary>PEM files of the TLS connection.</summary>
/// <param name="Ca">Who may have signed the broker's certificate; null: those whom the system trusts.</param>
/// <param name="Certificate">Ours, followed by its intermediates; null: none.</param>
public sealed record BackendTls(string? Ca, string? Certificate, string? Key);
